using Cascade.CinderProxy;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Support.Sheets;

namespace CinderProxy.Tests;

/// <summary>Texts that operators read, held against the product.</summary>
sealed class SheetTest
{
    [Test]
    public void The_sheet_of_answers_says_what_the_contents_pages_say() =>
        new AnswersSheet("cascade-cinder-proxy", "agents/CinderProxy", [CinderProxyTable.Page(), CinderBackupTable.Page()]).Match();

    [Test]
    public void The_sheet_of_grants_says_what_the_agent_needs_of_each_table_and_the_readme_how_much()
    {
        var rows = CinderTables.All.OrderBy(table => table.Name, StringComparer.Ordinal)
            .Select(table => $"| `{table.Name}` | {string.Join(", ", table.Privileges)} | {(table.Numbered ? "USAGE" : "")} |\n");
        Sheet.Match(
            "agents/CinderProxy/GRANTS.md",
            $"""
            # What `cascade-cinder-proxy` needs of Cinder's database

            Made from the agent's own statements by its tests (`CASCADE_WRITE_SHEETS=1` writes it anew); the tests' own accounts have just this. `cascade-cinder-proxy database grants` writes it as statements.

            | table | privileges | of its sequence (PostgreSQL) |
            |---|---|---|
            {string.Concat(rows)}
            """);
        int On(string right) => CinderTables.All.Count(table => table.Privileges.Contains(right));
        Assert.That(Sheet.Read("README.md"), Does.Contain($"SELECT on {On("SELECT")} tables, INSERT on {On("INSERT")}, UPDATE on {On("UPDATE")}, DELETE on {On("DELETE")}"));
    }

    [Test]
    public Task The_sample_of_the_configuration_is_what_the_executable_writes() =>
        SampleSheet.MatchAsync("cascade-cinder-proxy", "agents/CinderProxy/deploy/cinder-proxy.conf.sample");
}
