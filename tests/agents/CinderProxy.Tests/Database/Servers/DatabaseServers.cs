using Cascade.CinderProxy.Parent.Database;
using Cascade.Support;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>The servers of one run: each is started by the first test that needs it.</summary>
static class DatabaseServers
{
    static readonly Dictionary<DatabaseKind, Task<IDatabaseServer>> Started = [];

    /// <summary>Every server, with the schema of the oldest and the newest release.</summary>
    public static IEnumerable<TestFixtureData> All =>
        from kind in new[] { DatabaseKind.Sqlite, DatabaseKind.MySql, DatabaseKind.PostgreSql }
        from release in Schema.Heads.Keys
        select new TestFixtureData(kind, release);

    public static Task<IDatabaseServer> GetAsync(DatabaseKind kind)
    {
        Prerequisite.Need(kind switch { DatabaseKind.MySql => MariaDbServer.Missing, DatabaseKind.PostgreSql => PostgreSqlServer.Missing, _ => null });
        lock (Started)
        {
            if (!Started.TryGetValue(kind, out var starting))
            {
                Started[kind] = starting = kind switch
                {
                    DatabaseKind.MySql => MariaDbServer.StartAsync(),
                    DatabaseKind.PostgreSql => PostgreSqlServer.StartAsync(),
                    _ => Task.FromResult<IDatabaseServer>(new SqliteFiles()),
                };
            }

            return starting;
        }
    }

    public static async Task EndAsync()
    {
        foreach (var server in Started.Values.Where(starting => starting.IsCompletedSuccessfully))
        {
            await (await server).DisposeAsync();
        }
    }
}
