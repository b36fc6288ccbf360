using Cascade.Contracts.Neutron.Plugin;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Ports;
using Cascade.NeutronAgent.Server;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// Tells the parent which ports are up and which are down. What is to be told while one message is under way goes together in the next one.
/// </summary>
internal sealed class PortTeller(INeutronServer server, PortBook book, PortEvents events, Agendas agendas, MirrorRules rules, ILogger<PortTeller> log)
{
    /// <summary>Ports in one message: the server takes a transaction or two for each.</summary>
    const int Most = 100;

    readonly Lock gate = new();
    readonly HashSet<string> refreshed = new(StringComparer.Ordinal);
    List<Word> waiting = [];
    bool speaking;

    /// <summary>Tells it, if there is anything to tell. Ends when the parent has heard it.</summary>
    /// <exception cref="LaterException">The parent's server failed with this port.</exception>
    public async Task TellAsync(PortEntry port, PortVerdict verdict, CancellationToken cancelled)
    {
        if (verdict is PortVerdict.Nothing)
        {
            return;
        }

        var word = new Word(port, verdict is PortVerdict.Up);
        bool begin;
        lock (gate)
        {
            // From now on: who looks while it is under way must not think that the parent still believes the opposite.
            book.Believe(port.ParentId, word.Up ? "ACTIVE" : "DOWN");
            waiting.Add(word);
            begin = !speaking;
            speaking = true;
        }

        if (begin)
        {
            _ = SpeakAsync();
        }

        await word.Heard.Task.WaitAsync(cancelled);
    }

    async Task SpeakAsync()
    {
        await Task.Yield();
        while (Take() is { Count: > 0 } words)
        {
            try
            {
                await SayAsync(words);
            }
#pragma warning disable CA1031 // Who asked for it hears of it, and tries again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                foreach (var word in words)
                {
                    book.Believe(word.Port.ParentId, null);
                    word.Heard.TrySetException(fault);
                }
            }
        }
    }

    List<Word> Take()
    {
        lock (gate)
        {
            var some = waiting.Take(Most).ToList();
            waiting = [.. waiting.Skip(some.Count)];
            speaking = some.Count > 0;
            return some;
        }
    }

    async Task SayAsync(List<Word> words)
    {
        // Of two words about one port the later one is true.
        var last = words.GroupBy(word => word.Port.ParentId, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        var up = last.Where(word => word.Up).ToList();
        var networks = up.Select(word => word.Port.NetworkId).Where(network => !IsRefreshed(network)).ToHashSet(StringComparer.Ordinal);
        var call = new UpdateDeviceList(
            [.. up.Select(word => word.Port.ParentId)],
            [.. last.Where(word => !word.Up).Select(word => word.Port.ParentId)],
            $"ovs-agent-{rules.Host}",
            rules.Host,
            RefreshTunnels: networks.Count > 0);
        var reply = await server.AskAsync(call, CancellationToken.None);
        lock (gate)
        {
            refreshed.UnionWith(networks);
        }

        var failed = reply.FailedDevicesUp.Concat(reply.FailedDevicesDown).ToHashSet(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (failed.Contains(word.Port.ParentId))
            {
                book.Believe(word.Port.ParentId, null);
                word.Heard.TrySetException(new LaterException(TimeSpan.FromSeconds(5), $"the parent's server failed to set port {word.Port.ParentId} {(word.Up ? "up" : "down")}"));
                continue;
            }

            Log.Told(log, word.Port.ParentId, word.Up ? "up" : "down");
            events.Active(word.Port, word.Up ? "ACTIVE" : "DOWN");
            agendas.Mark(word.Port.ParentId);
            word.Heard.TrySetResult();
        }
    }

    bool IsRefreshed(string network)
    {
        lock (gate)
        {
            return refreshed.Contains(network);
        }
    }

    sealed record Word(PortEntry Port, bool Up)
    {
        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
