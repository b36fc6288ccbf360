using System.Globalization;
using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;
using Microsoft.Data.Sqlite;

namespace CinderProxy.Tests.Support;

/// <summary>Cinder's database as a file, with the columns that alembic made: what a test writes into it by hand, and what it finds there.</summary>
sealed class ParentRows : IAsyncDisposable
{
    readonly Lock one = new();
    readonly string directory;
    readonly SqliteConnection connection;

    ParentRows(string directory) =>
        (this.directory, connection) = (directory, new($"Data Source={Path.Combine(directory, "cinder.sqlite")};Pooling=false;Default Timeout=10"));

    /// <summary>As [database] connection.</summary>
    public string Url => $"sqlite:///{Path.Combine(directory, "cinder.sqlite")}?timeout=10";

    public static async Task<ParentRows> MakeAsync(string release = "zed")
    {
        var rows = new ParentRows(Directory.CreateTempSubdirectory("cascade-cinder-").FullName);
        await rows.connection.OpenAsync();
        // The test and the agent have it open at once, and neither waits for the other's reads; what a power cut would cost is not asked here.
        rows.Run("PRAGMA journal_mode=WAL");
        rows.Run("PRAGMA synchronous=OFF");
        rows.Run("BEGIN");
        await Schema.MakeAsync(rows.connection, DatabaseKind.Sqlite, release);
        rows.Run("COMMIT");
        return rows;
    }

    /// <summary>Now, as SQLAlchemy keeps it in SQLite.</summary>
    public static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public void Insert(string table, params (string Column, object? Value)[] values)
    {
        values = [("created_at", Now), ("deleted", 0), .. values];
        var columns = string.Join(", ", values.Select(value => $"\"{value.Column}\""));
        Run($"INSERT INTO \"{table}\" ({columns}) VALUES ({string.Join(", ", values.Select((_, i) => $"@p{i}"))})", [.. values.Select(value => value.Value)]);
    }

    public void Update(string table, string id, params (string Column, object? Value)[] values) =>
        Run(
            $"UPDATE \"{table}\" SET {string.Join(", ", values.Select((value, i) => $"\"{value.Column}\"=@p{i}"))} WHERE id=@p{values.Length}",
            [.. values.Select(value => value.Value), id]);

    /// <summary>Deleted or not.</summary>
    public IReadOnlyDictionary<string, object?> Row(string table, string id) =>
        Rows($"SELECT * FROM \"{table}\" WHERE id=@p0", id) is [var row] ? row : throw new AssertionException($"no row {id} in {table}");

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(string sql, params object?[] values)
    {
        lock (one)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<IReadOnlyDictionary<string, object?>>();
            while (reader.Read())
            {
                var row = new Dictionary<string, object?>(StringComparer.Ordinal);
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                }

                rows.Add(row);
            }

            return rows;
        }
    }

    /// <summary>The first column of each row as text.</summary>
    public IReadOnlyList<string?> Texts(string sql, params object?[] values) =>
        [.. Rows(sql, values).Select(row => Convert.ToString(row.Values.First(), CultureInfo.InvariantCulture))];

    public int Number(string sql, params object?[] values) =>
        int.Parse(Texts(sql, values).Single() is { Length: > 0 } text ? text : "0", CultureInfo.InvariantCulture);

    public int Run(string sql, params object?[] values)
    {
        lock (one)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>All or nothing, and fast for thousands.</summary>
    public void Together(Action work)
    {
        lock (one)
        {
            Run("BEGIN IMMEDIATE");
            work();
            Run("COMMIT");
        }
    }

    /// <summary>Nobody can open the database until <see cref="Show"/>: a server that is away.</summary>
    public void Hide()
    {
        SqliteConnection.ClearAllPools();
        File.Move(Path.Combine(directory, "cinder.sqlite"), Path.Combine(directory, "hidden"));
    }

    public void Show() => File.Move(Path.Combine(directory, "hidden"), Path.Combine(directory, "cinder.sqlite"));

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    SqliteCommand Command(string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (i, value) in values.Index())
        {
            command.Parameters.AddWithValue($"@p{i}", value ?? DBNull.Value);
        }

        return command;
    }
}
