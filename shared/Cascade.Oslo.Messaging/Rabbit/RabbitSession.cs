using System.Text;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>The life of one connection: what was declared and consumed on it ends with it.</summary>
sealed class RabbitSession : IAsyncDisposable
{
    // A connection that is blocked is not read by the broker: our close is not answered, and the client waits for that half a minute.
    static readonly TimeSpan Unread = TimeSpan.FromMilliseconds(500);

    readonly CancellationTokenSource lost = new();
    readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    TaskCompletionSource? blocked;

    public RabbitSession(IConnection connection, RabbitHost host)
    {
        Connection = connection;
        Host = host;
        Broker = VersionOf(connection);
        Lost = lost.Token;
        connection.ConnectionShutdownAsync += (_, reason) => EndAsync($"{reason.ReplyCode} {reason.ReplyText}");
        if (!connection.IsOpen)
        {
            _ = EndAsync("closed at once");
        }
    }

    public IConnection Connection { get; }

    public RabbitHost Host { get; }

    /// <summary>The broker's version; 0.0 when it says none.</summary>
    public Version Broker { get; }

    /// <summary>Cancelled as soon as the connection is known to be gone.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Ends with the reason when the connection does.</summary>
    public Task<string> Ended => ended.Task;

    /// <summary>The broker has said that it takes no messages on this connection (connection.blocked).</summary>
    public void Block() => Interlocked.CompareExchange(ref blocked, new(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Unblock() => Interlocked.Exchange(ref blocked, null)?.TrySetResult();

    /// <summary>
    /// Returns when the broker takes messages, or when the connection is gone. What is given up while it waits here has never been sent; what is written to a
    /// connection that is blocked is read when it is free again, however late, and done then (rabbit_reader.erl: the socket is not read).
    /// </summary>
    public Task FlowAsync(CancellationToken cancelled) =>
        Volatile.Read(ref blocked) is { } wait ? Task.WhenAny(wait.Task, ended.Task).WaitAsync(cancelled) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await EndAsync("closed by us").ConfigureAwait(false);
        var closing = Connection.DisposeAsync();
        if (Volatile.Read(ref blocked) is null)
        {
            await closing.ConfigureAwait(false);
        }
        else
        {
            await closing.AsTask().WaitAsync(Unread, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task EndAsync(string reason)
    {
        if (ended.TrySetResult(reason))
        {
            await lost.CancelAsync().ConfigureAwait(false);
        }
    }

    static Version VersionOf(IConnection connection)
    {
        if (connection.ServerProperties?.TryGetValue("version", out var value) is not true || value is not byte[] bytes)
        {
            return new(0, 0);
        }

        var text = Encoding.UTF8.GetString(bytes);
        var plain = string.Concat(text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.'));
        return Version.TryParse(plain.TrimEnd('.'), out var version) ? version : new(0, 0);
    }
}
