using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cascade.CinderProxy.Parent.Database;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>Makes cinder's tables: from the models' DDL on MySQL and PostgreSQL, from alembic's columns in SQLite.</summary>
static partial class Schema
{
    public static readonly IReadOnlyDictionary<string, string> Heads =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["zed"] = "c92a3e68beed", ["2026.1"] = "9c74c1c6971f" };

    public static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Database", "Samples", name));

    public static async Task MakeAsync(DbConnection connection, DatabaseKind kind, string release)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            using var tables = JsonDocument.Parse(Sample($"{release}/alembic-sqlite-columns.json"));
            foreach (var table in tables.RootElement.EnumerateObject())
            {
                await connection.RunAsync($"CREATE TABLE \"{table.Name}\" ({string.Join(", ", table.Value.EnumerateArray().Select(Column))})");
            }
        }
        else
        {
            await ModelsAsync(connection, Sample($"{release}/ddl-{(kind == DatabaseKind.MySql ? "mysql" : "postgresql")}.sql"));
            await connection.RunAsync("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)");
        }

        await connection.RunAsync($"INSERT INTO alembic_version VALUES ('{Heads[release]}')");
    }

    // [name, type, not null, default, primary key]
    static string Column(JsonElement column)
    {
        var key = column[4].GetInt32() > 0 ? " PRIMARY KEY" : column[2].GetInt32() > 0 ? " NOT NULL" : "";
        var standard = column[3].ValueKind == JsonValueKind.Null ? "" : $" DEFAULT {column[3]}";
        return $"\"{column[0]}\" {column[1]}{key}{standard}";
    }

    // The sample holds some tables of all, and not in the order of their references: those come last, where both ends exist. They take locks, so they matter.
    static async Task ModelsAsync(DbConnection connection, string ddl)
    {
        var statements = Comment().Replace(ddl, "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var tables = statements.ToDictionary(Table, StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            await connection.RunAsync(Reference().Replace(statement, ""));
        }

        await connection.RunAsync("CREATE UNIQUE INDEX services_uuid_idx ON services (uuid)");
        await connection.RunAsync("CREATE INDEX reservations_deleted_uuid_idx ON reservations (deleted, uuid)");
        foreach (var (table, statement) in tables)
        {
            foreach (var reference in Reference().Matches(statement).Where(found => tables.ContainsKey(found.Groups["table"].Value)))
            {
                await connection.RunAsync($"ALTER TABLE {table} ADD FOREIGN KEY{reference.Groups["rest"].Value}");
            }
        }
    }

    static string Table(string statement) => statement.Split(' ', 4)[2];

    [GeneratedRegex(@",\s*(?:CONSTRAINT \w+ )?FOREIGN KEY(?<rest>\(\w+\) REFERENCES (?<table>\S+) \(\w+\))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("^--.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();
}
