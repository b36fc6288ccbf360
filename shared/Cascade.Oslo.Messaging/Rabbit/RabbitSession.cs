using System.Text;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>The life of one connection: what was declared and consumed on it ends with it.</summary>
sealed class RabbitSession : IAsyncDisposable
{
    readonly CancellationTokenSource lost = new();
    readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    public async ValueTask DisposeAsync()
    {
        await EndAsync("closed by us").ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
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
