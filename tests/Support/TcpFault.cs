using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cascade.Support;

/// <summary>
/// A TCP proxy on a loopback port that goes wrong when told: latency, a cut (connections reset, new ones refused by a reset), half-open
/// (bytes vanish, nothing is closed). What is true of a link is changed at once, for connections that exist as well.
/// </summary>
public sealed class TcpFault : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly string host;
    private readonly int port;
    private readonly Task accepting;
    private volatile bool cut;
    private volatile bool silent;

    private TcpFault(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>A proxy before the server there.</summary>
    public static TcpFault Before(string host, int port) => new(host, port);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Added to every piece of data, each way.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Connections accepted so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>Resets every connection and, until <see cref="Heal"/>, every new one.</summary>
    public void Cut()
    {
        cut = true;
        ResetAll();
    }

    /// <summary>Resets what is open; new connections pass.</summary>
    public void ResetAll()
    {
        foreach (var socket in open.Keys)
        {
            Reset(socket);
        }
    }

    /// <summary>From now on nothing passes and nobody is told: a firewall that forgot the connection.</summary>
    public void GoSilent() => silent = true;

    /// <summary>Everything passes. Bytes that were swallowed while silent do not come back, so those connections are reset.</summary>
    public void Heal()
    {
        (cut, Latency) = (false, TimeSpan.Zero);
        if (silent)
        {
            silent = false;
            ResetAll();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        ResetAll();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                Accepted++;
                _ = ServeAsync(client);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        open[client] = 0;
        open[server] = 0;
        try
        {
            if (cut)
            {
                return;
            }

            await server.ConnectAsync(host, port, stop.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two is gone; so is the other, below.
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var got = await from.ReceiveAsync(buffer, stop.Token);
                if (got is 0)
                {
                    return;
                }

                if (Latency > TimeSpan.Zero)
                {
                    await Task.Delay(Latency, TimeProvider.System, stop.Token);
                }

                if (!silent)
                {
                    await to.SendAsync(buffer.AsMemory(0, got), stop.Token);
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Ends this direction, and with it the connection.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }
    }
}
