using System.Data.Common;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// Where connections come from. It is thrown away as a whole when one of them is found dead, because the others of its age are too, and a new one is begun: no
/// driver lets a data source be emptied in a way that the three have in common.
/// </summary>
sealed class ConnectionPool(Func<DbDataSource> make) : IAsyncDisposable
{
    DbDataSource _source = make();

    /// <summary>An open connection, and the source it is from. What the driver throws is passed on.</summary>
    public async Task<(DbConnection Connection, DbDataSource Source)> OpenAsync(CancellationToken cancelled)
    {
        while (true)
        {
            var source = Volatile.Read(ref _source);
            DbConnection? connection = null;
            try
            {
                connection = source.CreateConnection();
                await connection.OpenAsync(cancelled);
                return (connection, source);
            }
            catch (Exception fault)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                }

                // Another one threw this source away in between: the next is there already.
                if (fault is not ObjectDisposedException || source == Volatile.Read(ref _source))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Nobody gets a connection of this source any more. Those in use go on, and are closed when they come back.</summary>
    public async Task ForgetAsync(DbDataSource source)
    {
        var next = make();
        var dropped = Interlocked.CompareExchange(ref _source, next, source) == source ? source : next;
        await dropped.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
