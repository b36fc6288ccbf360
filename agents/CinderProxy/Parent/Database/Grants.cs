namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The least that a database user of this agent needs, as statements for the operator. Nothing is ever deleted but rows of <c>workers</c>.</summary>
internal static class Grants
{
    /// <param name="user">with host: 'cascade'@'%'.</param>
    public static IEnumerable<string> MySql(string database, string user) =>
        CinderTables.All.Select(table => $"GRANT {string.Join(", ", table.Privileges)} ON `{database}`.`{table.Name}` TO {user};");

    /// <summary>Where the sequences are SERIAL's, as cinder makes them.</summary>
    public static IEnumerable<string> PostgreSql(string user) =>
    [
        .. CinderTables.All.Select(table => $"GRANT {string.Join(", ", table.Privileges)} ON \"{table.Name}\" TO {user};"),
        .. CinderTables.All.Where(table => table.Numbered).Select(table => $"GRANT USAGE ON SEQUENCE {table.Name}_id_seq TO {user};"),
    ];
}
