using System.Diagnostics;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>A server or a lease holder in a process of its own, which a test may kill at any moment.</summary>
sealed class Victim : IAsyncDisposable
{
    readonly Process process;

    Victim(Process process) => this.process = process;

    /// <param name="part">hang: takes one cast and never ends it; die: dies of it; one: as hang, and takes no second one meanwhile; lease: holds the lease "one".</param>
    public static Victim Start(Lane lane, string part)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in new[] { "victim", part, $"{lane.Broker.Port}", lane.Vhost })
        {
            start.ArgumentList.Add(word);
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Waits until it says so.</summary>
    public async Task SaidAsync(string word)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == word)
            {
                return;
            }
        }

        Assert.Fail($"the victim ended before it said '{word}'");
    }

    public Task GoneAsync() => process.WaitForExitAsync().WaitAsync(Wait.Patience);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await GoneAsync();
    }

    /// <param name="name">STOP: it stands still, its connections stay open; CONT: it goes on.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", $"-{name} {process.Id}");
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    /// <summary>The other side: what the process does.</summary>
    public static async Task<int> RunAsync(string[] wanted)
    {
        var (part, options) = (wanted[0], Lane.OptionsOf(int.Parse(wanted[1]), wanted[2]));
        await using var transport = new RabbitTransport(options, NullLoggerFactory.Instance, TimeProvider.System);
        if (part == "lease")
        {
            await using var lease = transport.CreateLease("one");
            await lease.RunAsync(
                async lost =>
                {
                    Console.WriteLine("held");
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    Console.WriteLine("lost");
                },
                CancellationToken.None);
            return 0;
        }

        var endpoint = new Endpoint(async (request, cancelled) =>
        {
            Console.WriteLine($"got {request.Method}");
            if (part == "die")
            {
                Process.GetCurrentProcess().Kill();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            return null;
        });
        await using var server = transport.CreateServer(new RpcServerOptions { Listen = [new("compute", "host1")], PoisonAfter = 2, Concurrency = part == "one" ? 1 : 128 }, endpoint);
        await server.StartAsync(CancellationToken.None);
        Console.WriteLine("serving");
        await server.Completion;
        return 0;
    }
}
