namespace Cascade.CinderProxy.Parent.Database;

/// <summary>What the start-up check found.</summary>
/// <param name="Head">alembic_version.version_num; null when there is none.</param>
/// <param name="Missing">table or table.column, sorted.</param>
internal sealed record SchemaReport(string? Head, IReadOnlyList<string> Missing)
{
    /// <summary>The head of Zed, whose services say another RPC version.</summary>
    public bool IsZed => Head == SchemaCheck.Zed;

    /// <summary>Why the agent must not write; null when it may.</summary>
    public string? Refusal => Missing.Count == 0
        ? null
        : $"Cinder's database lacks, or this user may not see, {string.Join(", ", Missing)}: run 'cinder-manage db sync' of Zed or later, and grant what the verb 'database grants' writes";

    /// <summary>What an operator should know; null when there is nothing.</summary>
    public string? Warning => SchemaCheck.KnownHeads.Contains(Head, StringComparer.Ordinal)
        ? null
        : $"Cinder's database is at {Head ?? "no version"}, which this agent does not know ({string.Join(", ", SchemaCheck.KnownHeads)}). "
            + "Every column it needs was found by name";
}

/// <summary>Looks for every column that a statement names, before anything is written. Reports all that is missing at once.</summary>
internal static class SchemaCheck
{
    public const string Zed = "c92a3e68beed";

    /// <summary>Zed; 2025.1 to 2026.1 (cinder/db/migrations/versions).</summary>
    public static IReadOnlyList<string> KnownHeads { get; } = [Zed, "9c74c1c6971f"];

    /// <exception cref="DatabaseAwayException"/>
    public static Task<SchemaReport> LookAsync(CinderDatabase database, CancellationToken cancelled) => database.ReadAsync(
        async work =>
        {
            var columns = new Statement("columns", database.Dialect.ColumnsSql);
            var seen = await work.RowsAsync(columns, row => (Table: row.Text("t"), Column: row.Text("c")));
            var found = seen.ToLookup(one => one.Table, one => one.Column, StringComparer.Ordinal);
            var missing = CinderTables.All.SelectMany(table => MissingOf(table, found)).Order(StringComparer.Ordinal);
            var head = found.Contains("alembic_version") ? await work.ScalarAsync(Statements.AlembicVersion) : null;
            return new SchemaReport(head, [.. missing]);
        },
        cancelled);

    static IEnumerable<string> MissingOf(CinderTable table, ILookup<string, string> found) =>
        found.Contains(table.Name)
            ? table.ColumnNames.Except(found[table.Name], StringComparer.Ordinal).Select(column => $"{table.Name}.{column}")
            : [table.Name];
}
