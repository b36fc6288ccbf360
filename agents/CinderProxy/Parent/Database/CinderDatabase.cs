using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// Cinder's database: short transactions, each done again from its first line when the server gave it up or the connection broke before the commit
/// (oslo_db/api.py: wrap_db_retry). So a work does nothing but read and write rows: no message, no child, no wait.
/// </summary>
internal sealed class CinderDatabase(CinderConnection connection, DatabaseOptions options, TimeProvider time, ILogger<CinderDatabase> log)
    : IAsyncDisposable
{
    /// <summary>How often a transaction that lost against another is done again: cinder's wrap_db_retry(max_retries=5).</summary>
    public const int DeadlockRetries = 5;

    static readonly TimeSpan FirstDeadlockPause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestDeadlockPause = TimeSpan.FromSeconds(1);

    volatile bool _served;

    readonly ConnectionPool _pool = new(() => Dialect.Of(connection.Kind).Source(connection, options));

    public Dialect Dialect { get; } = Dialect.Of(connection.Kind);

    /// <summary>Does the work in one transaction and commits it; an exception of the work takes everything back.</summary>
    /// <exception cref="DatabaseAwayException">Nothing is written.</exception>
    /// <exception cref="CommitUnknownException">All is written or nothing: read again.</exception>
    /// <exception cref="DbException">The server refused a statement.</exception>
    public Task<T> InTransactionAsync<T>(Func<CinderWork, Task<T>> work, CancellationToken cancelled) => AgainAsync(TransactionAsync, work, cancelled);

    /// <summary>Reads without a transaction: each statement sees what is committed when it begins. Writing here is a fault of the caller.</summary>
    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task<T> ReadAsync<T>(Func<CinderWork, Task<T>> work, CancellationToken cancelled) => AgainAsync(ReadOnceAsync, work, cancelled);

    /// <summary>At start: returns when the server answers, asks it <c>max_retries</c> times <c>retry_interval</c> apart.</summary>
    /// <exception cref="DatabaseAwayException">It did not answer in all these times.</exception>
    public async Task UntilAnswersAsync(CancellationToken cancelled)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await ReadAsync(work => work.ScalarAsync(Statements.Ping), cancelled);
                return;
            }
            catch (DatabaseAwayException away) when (options.MaxRetries < 0 || tries <= options.MaxRetries)
            {
                Log.DatabaseAwaited(log, away.Message, tries, options.RetryInterval.TotalSeconds);
                await Task.Delay(options.RetryInterval, time, cancelled);
            }
        }
    }

    /// <summary>Closes what the pool holds.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    public override string ToString() => connection.ToString();

    async Task<T> AgainAsync<T>(Func<Func<CinderWork, Task<T>>, CancellationToken, Task<T>> once, Func<CinderWork, Task<T>> work, CancellationToken cancelled)
    {
        int deadlocks = 0, losses = 0;
        var renewed = false;
        while (true)
        {
            try
            {
                return await once(work, cancelled);
            }
            catch (FailedTryException failed) when (failed.Fault == DatabaseFault.Deadlock && deadlocks < DeadlockRetries)
            {
                var pause = Backoff.Jittered(FirstDeadlockPause, LongestDeadlockPause, deadlocks++);
                Log.Deadlocked(log, failed.InnerException!, deadlocks, pause.TotalMilliseconds);
                await Task.Delay(pause, time, cancelled);
            }
            catch (FailedTryException failed) when (failed.Fault == DatabaseFault.Lost && losses < options.DbMaxRetries)
            {
                var doublings = options.DbIncRetryInterval ? losses - 1 : 0;
                var pause = losses++ == 0 ? TimeSpan.Zero : Backoff.Jittered(options.DbRetryInterval, options.DbMaxRetryInterval, doublings);
                Log.ConnectionLost(log, failed.InnerException!, losses, pause.TotalMilliseconds);
                await Task.Delay(pause, time, cancelled);
            }
            catch (FailedTryException failed) when (failed is { Fault: DatabaseFault.Away, Connected: true } && !renewed)
            {
                // A pooled session may be that of a node which was the writer once: after a failover a new one finds the one that is.
                renewed = true;
                Log.ConnectionLost(log, failed.InnerException!, 1, 0);
            }
            catch (FailedTryException failed)
            {
                throw new DatabaseAwayException($"{connection}: {failed.InnerException!.Message}", failed.InnerException);
            }
        }
    }

    async Task<T> ReadOnceAsync<T>(Func<CinderWork, Task<T>> work, CancellationToken cancelled)
    {
        var (opened, source) = await OpenAsync(cancelled);
        await using var closed = opened;
        return await TriedAsync(opened, source, () => work(new(opened, null, Dialect, Now, log, cancelled)), cancelled);
    }

    async Task<T> TransactionAsync<T>(Func<CinderWork, Task<T>> work, CancellationToken cancelled)
    {
        var (opened, source) = await OpenAsync(cancelled);
        await using var closed = opened;
        await using var transaction = await TriedAsync(opened, source, () => Dialect.BeginAsync(opened, cancelled).AsTask(), cancelled);
        T result;
        try
        {
            result = await TriedAsync(opened, source, () => work(new(opened, transaction, Dialect, Now, log, cancelled)), cancelled);
        }
        catch
        {
            await RollBackAsync(transaction);
            throw;
        }

        await CommitAsync(opened, source, transaction);
        return result;
    }

    DateTime Now => time.GetUtcNow().UtcDateTime;

    async Task<(DbConnection Connection, DbDataSource Source)> OpenAsync(CancellationToken cancelled)
    {
        try
        {
            var opened = await _pool.OpenAsync(cancelled);
            _served = true;
            return opened;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && (_served || Dialect.Classify(fault, open: true) != DatabaseFault.Statement))
        {
            // Whoever cannot be reached is away, whatever the driver calls it. A refused login or a missing database is a fault of the configuration and stays what it is,
            // unless it was right before: then the password is being changed, or the database restored.
            throw new FailedTryException(DatabaseFault.Away, fault, connected: false);
        }
    }

    async Task<T> TriedAsync<T>(DbConnection opened, DbDataSource source, Func<Task<T>> act, CancellationToken cancelled)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested && Meaning(fault, opened) != DatabaseFault.Statement)
        {
            var meaning = Meaning(fault, opened);
            if (meaning != DatabaseFault.Deadlock)
            {
                await _pool.ForgetAsync(source);
            }

            throw new FailedTryException(meaning, fault);
        }
    }

    // Not cancellable: what was cancelled on its way is as unknown as what was lost.
    async Task CommitAsync(DbConnection opened, DbDataSource source, DbTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception fault) when (opened.State == ConnectionState.Open && Meaning(fault, opened) is (DatabaseFault.Deadlock or DatabaseFault.Away))
        {
            // Galera and serialisable PostgreSQL refuse at commit, MySQL that became read-only too. The server is there and said no, so nothing is written.
            var meaning = Meaning(fault, opened);
            await RollBackAsync(transaction);
            if (meaning == DatabaseFault.Away)
            {
                await _pool.ForgetAsync(source);
            }

            throw new FailedTryException(meaning, fault);
        }
        catch (Exception fault) when (fault is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            await _pool.ForgetAsync(source);
            throw new CommitUnknownException($"{connection}: the connection was lost in a commit: {fault.Message}", fault);
        }
    }

    DatabaseFault Meaning(Exception fault, DbConnection opened) => Dialect.Classify(fault, opened.State == ConnectionState.Open);

    static async Task RollBackAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is DbException or IOException or InvalidOperationException)
        {
            // The server rolls back what it can no longer be told about.
        }
    }

    /// <summary>One try that came to nothing, with what that means; never leaves this class.</summary>
    sealed class FailedTryException(DatabaseFault fault, Exception inner, bool connected = true) : Exception(inner.Message, inner)
    {
        public DatabaseFault Fault => fault;

        /// <summary>False when there was no connection to begin with.</summary>
        public bool Connected => connected;
    }
}
