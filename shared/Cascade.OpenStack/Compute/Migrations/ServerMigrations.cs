using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Moves and resizes of servers, for administrators.</summary>
public sealed class ServerMigrations
{
    /// <summary>The first that tells their uuids.</summary>
    private static readonly Microversion Floor = new(2, 59);

    private readonly ServiceClient client;

    internal ServerMigrations(ServiceClient client) => this.client = client;

    /// <summary>Those of one server, newest first; none for a server that is not there.</summary>
    public IAsyncEnumerable<Migration> ListAsync(Scope scope, string serverId, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/os-migrations", new Query().Add("instance_uuid", serverId).ToString()) with { Floor = Floor },
            ComputeJson.Default.MigrationPage,
            page => ((IReadOnlyList<Migration>?)page.Migrations, Paging.Next(page.MigrationsLinks)),
            cancelled);
}
