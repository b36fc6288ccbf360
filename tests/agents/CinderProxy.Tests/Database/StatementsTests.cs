using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;
using Microsoft.Data.Sqlite;

namespace CinderProxy.Tests.Database;

/// <summary>What is sent, held against the statements of the contract, which cinder's own models accepted.</summary>
sealed partial class StatementsTests
{
    static readonly Dictionary<string, string> Differ = new(StringComparer.Ordinal)
    {
        ["service_heartbeat"] = "the database's clock",
        ["service_insert"] = "the database's clock",
        ["service_start"] = "the database's clock",
        ["volume_get"] = "three times more",
        ["allocated_by_pool"] = "case and wildcards",
        ["attachments_of"] = "all members, in order",
        ["quota_usage_by_id"] = "with its resource",
        ["attachment_best_status"] = "with a name for its column",
        ["volume_upload_done"] = "only from uploading",
        ["worker_release"] = "ours alone",
        ["reservations_get"] = "many at once, in order",
    };

    static IReadOnlyList<Statement> All { get; } =
    [
        .. typeof(Statements).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null))
            .SelectMany(value => value as IEnumerable<Statement> ?? [(Statement)value!]),
    ];

    [TestCase(DatabaseKind.MySql, "mysql")]
    [TestCase(DatabaseKind.PostgreSql, "postgresql")]
    [TestCase(DatabaseKind.Sqlite, "sqlite")]
    public void Every_statement_of_the_contract_is_there_in_its_very_words(object kind, string name)
    {
        using var contract = JsonDocument.Parse(Schema.Sample($"proxy-statements-{name}.json"));
        var dialect = Dialect.Of((DatabaseKind)kind);
        var ours = All.ToLookup(statement => statement.Name, statement => Plain(Arrays().Replace(dialect.Render(statement), "IN @${list}")), StringComparer.Ordinal);
        var theirs = contract.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => Texts(one.Value).Select(Plain), StringComparer.Ordinal);

        Assert.That(theirs, Has.Count.EqualTo(66));
        Assert.That(theirs.Keys.Where(one => !ours.Contains(one)), Is.Empty);
        foreach (var (one, words) in theirs.Where(one => !Differ.ContainsKey(one.Key)))
        {
            Assert.That(ours[one], Is.EqualTo(words), one);
        }

        Assert.That(Differ.Keys.Where(one => ours[one].SequenceEqual(theirs[one])), Is.Empty, "a difference that is none any more");
    }

    // SQLite names every table and column that does not exist: with a schema of nothing but the list, what is prepared touches nothing but the list.
    [Test]
    public async Task No_statement_touches_a_table_or_column_that_is_not_on_the_list()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        foreach (var table in CinderTables.All)
        {
            await connection.RunAsync($"CREATE TABLE \"{table.Name}\" ({string.Join(", ", table.ColumnNames.Select(column => $"\"{column}\""))})");
        }

        var dialect = new SqliteDialect();
        foreach (var statement in All)
        {
            var sql = ListParameter().Replace(dialect.Render(statement), "IN (@${name})");
            await using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN {sql}";
            foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
            {
                command.Parameters.AddWithValue(name, DBNull.Value);
            }

            Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.Nothing, statement.Name);
        }

        // And the list holds nothing that no statement names.
        var words = Word().Matches(string.Join(' ', All.Select(dialect.Render))).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.That(CinderTables.All.SelectMany(table => table.ColumnNames.Append(table.Name)).Where(word => !words.Contains(word)), Is.Empty);
    }

    [Test]
    public void The_privileges_of_a_table_are_the_verbs_of_its_statements()
    {
        var verbs = All.Select(statement => Writing().Match(statement.Text)).Where(match => match.Success)
            .Select(match => (Table: match.Groups["table"].Value.Trim('"'), Verb: match.Groups["verb"].Value.Split(' ')[0])).Distinct().ToLookup(one => one.Table, one => one.Verb);

        foreach (var table in CinderTables.All)
        {
            Assert.That(table.Privileges, Is.EquivalentTo(verbs[table.Name].Prepend("SELECT")), table.Name);
        }
    }

    [Test]
    public void Grants_are_statements_for_the_operator()
    {
        Assert.That(Grants.MySql("cinder", "'cascade'@'%'"), Does.Contain("GRANT SELECT, UPDATE, DELETE ON `cinder`.`workers` TO 'cascade'@'%';"));
        Assert.That(
            Grants.PostgreSql("cascade"),
            Does.Contain("GRANT SELECT, INSERT, UPDATE ON \"services\" TO cascade;").And.Contain("GRANT USAGE ON SEQUENCE services_id_seq TO cascade;")
                .And.Contain("GRANT SELECT ON \"quotas\" TO cascade;"));
    }

    static IEnumerable<string> Texts(JsonElement one) =>
        one.ValueKind == JsonValueKind.Array ? one.EnumerateArray().Select(text => text.GetString()!) : [one.GetString()!];

    // One spelling of parameters, blanks, truth and lists.
    static string Plain(string sql)
    {
        var plain = Blanks().Replace(sql, " ").Replace(':', '@');
        plain = plain.Replace("TRUE", "1", StringComparison.OrdinalIgnoreCase).Replace("FALSE", "0", StringComparison.OrdinalIgnoreCase);
        return QuotaList().Replace(plain.Trim(), "@resources");
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    // PostgreSQL searches an array where the others have a list.
    [GeneratedRegex(@"= ANY \(@(?<list>\w+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arrays();

    [GeneratedRegex(@"\(@r0, @r1, @r2, @r3\)", RegexOptions.None, 1000)]
    private static partial Regex QuotaList();

    [GeneratedRegex(@"IN @(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListParameter();

    [GeneratedRegex(@"@\w+", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?<verb>INSERT INTO|UPDATE|DELETE FROM) (?<table>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Writing();
}
