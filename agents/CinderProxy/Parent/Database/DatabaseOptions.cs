using Cascade.Oslo.Config;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>[database], with oslo.db's names and, where nothing else is said, its defaults (oslo_db/options.py): cinder.conf's own section may be copied.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>Null where it is not written or cannot be read; the reader has the fault then.</summary>
    public CinderConnection? Connection { get; init; }

    /// <summary>Connections kept, plus <see cref="MaxOverflow"/> more when all are in use.</summary>
    public int MaxPoolSize { get; init; } = 5;

    public int MaxOverflow { get; init; } = 50;

    /// <summary>A connection older than this is replaced: shorter than what a load balancer lets an idle one live.</summary>
    public TimeSpan ConnectionRecycleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait for a connection, one from the pool or a new one.</summary>
    public TimeSpan PoolTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>At start: how often a server that does not answer is asked, -1 without end.</summary>
    public int MaxRetries { get; init; } = 10;

    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a transaction whose connection was lost is done again. Not oslo's 20: they outlast every caller of ours.</summary>
    public int DbMaxRetries { get; init; } = 5;

    public TimeSpan DbRetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the pause doubles with each try, up to <see cref="DbMaxRetryInterval"/>.</summary>
    public bool DbIncRetryInterval { get; init; } = true;

    public TimeSpan DbMaxRetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The session's sql_mode. With oslo's TRADITIONAL a value that does not fit is an error and not a shorter value.</summary>
    public string MysqlSqlMode { get; init; } = "TRADITIONAL";

    /// <summary>Galera's wsrep_sync_wait of the session; null leaves the server's.</summary>
    public int? MysqlWsrepSyncWait { get; init; }

    public static DatabaseOptions Read(OptionReader reader)
    {
        var group = reader.Group("database", "Cinder's own database, with oslo.db's options.");
        var standard = new DatabaseOptions();
        return new()
        {
            Connection = ReadConnection(group),
            MaxPoolSize = group.Int("max_pool_size", standard.MaxPoolSize, "Connections kept open.", new() { Min = 1 }),
            MaxOverflow = group.Int("max_overflow", standard.MaxOverflow, "Connections beyond max_pool_size while all are in use.", new() { Min = 0 }),
            ConnectionRecycleTime = group.Seconds(
                "connection_recycle_time", standard.ConnectionRecycleTime.TotalSeconds, "Seconds after which a connection is replaced by a new one."),
            PoolTimeout = group.Seconds("pool_timeout", standard.PoolTimeout.TotalSeconds, "Seconds to wait for a connection.", new() { Min = 1 }),
            MaxRetries = group.Int("max_retries", standard.MaxRetries, "How often a database that does not answer is asked at start; -1 without end.", new() { Min = -1 }),
            RetryInterval = group.Seconds("retry_interval", standard.RetryInterval.TotalSeconds, "Seconds between two of these tries."),
            DbMaxRetries = group.Int("db_max_retries", standard.DbMaxRetries, "How often a transaction whose connection was lost is done again.", new() { Min = 0 }),
            DbRetryInterval = group.Seconds("db_retry_interval", standard.DbRetryInterval.TotalSeconds, "Seconds before the second of these tries; the first comes at once."),
            DbIncRetryInterval = group.Bool("db_inc_retry_interval", standard.DbIncRetryInterval, "Doubles the pause with each try."),
            DbMaxRetryInterval = group.Seconds("db_max_retry_interval", standard.DbMaxRetryInterval.TotalSeconds, "The longest of these pauses in seconds."),
            MysqlSqlMode = group.Text("mysql_sql_mode", standard.MysqlSqlMode, "sql_mode of our sessions; empty leaves the server's.")!,
            MysqlWsrepSyncWait = group.IntOrNone("mysql_wsrep_sync_wait", "wsrep_sync_wait of our sessions; without it the server's."),
        };
    }

    static CinderConnection? ReadConnection(OptionGroup group)
    {
        var text = group.Required("connection", "URL of Cinder's database, as in cinder.conf: mysql+pymysql://USER:PASSWORD@HOST/cinder.", new() { Secret = true });
        var parameters = group.Text("connection_parameters", "", "Appended to the URL: name=value&name=value.")!;
        if (text.Length == 0)
        {
            return null;
        }

        if (parameters.Length > 0)
        {
            text += (text.Contains('?', StringComparison.Ordinal) ? "&" : "?") + parameters;
        }

        try
        {
            return CinderConnection.Parse(text);
        }
        catch (FormatException fault)
        {
            group.Reader.Fault($"[database] connection: {fault.Message}");
            return null;
        }
    }
}
