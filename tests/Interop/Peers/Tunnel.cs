using System.Net;
using System.Net.Sockets;

namespace Cascade.Interop.Peers;

/// <summary>Another address for a port of 127.0.0.1; can be cut, which both ends see as a connection that broke.</summary>
public sealed class Tunnel : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly List<TcpClient> clients = [];
    readonly int to;
    readonly Task accepting;

    Tunnel(string address, int to)
    {
        this.to = to;
        listener = new(IPAddress.Parse(address), 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static Tunnel Open(int to, string address = "127.0.0.1") => new(address, to);

    /// <summary>Breaks every connection; new ones are taken.</summary>
    public void Cut()
    {
        lock (clients)
        {
            clients.ForEach(client => client.Dispose());
            clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        await accepting;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ConnectAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    async Task ConnectAsync(TcpClient inside)
    {
        var outside = new TcpClient { NoDelay = true };
        inside.NoDelay = true;
        lock (clients)
        {
            clients.Add(inside);
            clients.Add(outside);
        }

        try
        {
            await outside.ConnectAsync(IPAddress.Loopback, to);
            await Task.WhenAll(PumpAsync(inside, outside), PumpAsync(outside, inside));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut before it stood.
            inside.Dispose();
            outside.Dispose();
        }
    }

    static async Task PumpAsync(TcpClient from, TcpClient into)
    {
        try
        {
            await from.GetStream().CopyToAsync(into.GetStream());
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            from.Dispose();
            into.Dispose();
        }
    }
}
