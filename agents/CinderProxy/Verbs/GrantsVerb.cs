using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Verbs;

/// <summary><c>database grants [ACCOUNT]</c>: what the database account of this agent needs and no more, as statements for the server that [database] connection names.</summary>
internal static class GrantsVerb
{
    public static AgentBuilder AddGrants(this AgentBuilder agent) => agent.AddVerb(
        "database grants", "Writes the GRANT statements for the account of [database] connection, or for another one that is named as the server writes it.", RunAsync);

    static async Task<int> RunAsync(VerbContext verb, CancellationToken cancelled)
    {
        var connection = verb.Services.GetRequiredService<CinderConnection>();
        var statements = connection.Kind switch
        {
            DatabaseKind.MySql => Grants.MySql(connection.Database, verb.Arguments.Count > 0 ? verb.Arguments[0] : $"'{connection.User}'@'%'"),
            DatabaseKind.PostgreSql => Grants.PostgreSql(verb.Arguments.Count > 0 ? verb.Arguments[0] : connection.User ?? "cascade"),
            _ => [],
        };
        foreach (var statement in statements)
        {
            cancelled.ThrowIfCancellationRequested();
            await verb.Out.WriteLineAsync(statement);
        }

        return 0;
    }
}
