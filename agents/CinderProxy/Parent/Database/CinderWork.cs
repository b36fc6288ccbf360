using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>One transaction, or one look without one: what is read and written in it, by table. It is over when the work returns.</summary>
internal sealed class CinderWork(DbConnection connection, DbTransaction? transaction, Dialect dialect, DateTime now, ILogger log, CancellationToken cancelled)
{
    /// <summary>One moment for everything that is written here, UTC.</summary>
    public DateTime Now => now;

    public Services Services => new(this);

    public Workers Workers => new(this);

    public Volumes Volumes => new(this);

    public Snapshots Snapshots => new(this);

    public GlanceMetadata GlanceMetadata => new(this);

    public AdminMetadata AdminMetadata => new(this);

    public VolumeTypes VolumeTypes => new(this);

    public Attachments Attachments => new(this);

    public Quotas Quotas => new(this);

    public Messages Messages => new(this);

    public Groups Groups => new(this);

    public GroupSnapshots GroupSnapshots => new(this);

    public Backups Backups => new(this);

    public BackupServices BackupServices => new(this);

    /// <summary>Rows that were met, also where nothing in them changed.</summary>
    public async Task<int> ExecuteAsync(Statement statement, params (string Name, object? Value)[] values)
    {
        if (transaction is null)
        {
            throw new InvalidOperationException($"{statement} writes: it belongs into a transaction");
        }

        var command = Command(statement, values);
        var rows = await connection.ExecuteAsync(command);
        Log.Executed(log, statement.Name, rows, command.CommandText);
        return rows;
    }

    /// <summary>True when the one row was there, in the state that the statement asks for.</summary>
    public async Task<bool> MetAsync(Statement statement, params (string Name, object? Value)[] values) => await ExecuteAsync(statement, values) > 0;

    public async Task<IReadOnlyList<T>> RowsAsync<T>(Statement statement, Func<Row, T> read, params (string Name, object? Value)[] values)
    {
        var command = Command(statement, values);
        await using var reader = await connection.ExecuteReaderAsync(command);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancelled))
        {
            rows.Add(read(new(reader)));
        }

        Log.Executed(log, statement.Name, rows.Count, command.CommandText);
        return rows;
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> RowAsync<T>(Statement statement, Func<Row, T> read, params (string Name, object? Value)[] values)
        where T : class => (await RowsAsync(statement, read, values)) is [var first, ..] ? first : null;

    /// <summary>The column <c>value</c> of the first row as text, or null.</summary>
    public async Task<string?> ScalarAsync(Statement statement, params (string Name, object? Value)[] values) =>
        (await RowsAsync(statement, row => row.TextOrNull("value"), values)) is [var first, ..] ? first : null;

    /// <summary>The parameters of the mark <c>{ours …}</c>: the backend <c>host@backend</c> and, escaped by '!', what its pools begin with.</summary>
    public static (string Name, object? Value)[] Ours(string backend) => [("host", backend), ("hostlike", Escaped(backend) + "#%")];

    static string Escaped(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    CommandDefinition Command(Statement statement, (string Name, object? Value)[] values)
    {
        var parameters = new DynamicParameters();
        foreach (var (name, value) in values)
        {
            parameters.Add(name, value switch { DateTime moment => dialect.Time(moment), IReadOnlyCollection<string> many => many.ToArray(), _ => value });
        }

        if (statement.Text.Contains("@now", StringComparison.Ordinal))
        {
            parameters.Add("now", dialect.Time(now));
        }

        return new(dialect.Render(statement), parameters, transaction, cancellationToken: cancelled);
    }
}
