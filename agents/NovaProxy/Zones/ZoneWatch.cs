using System.Collections.Concurrent;
using Cascade.Agent;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Zones;

/// <summary>
/// Says at start, and whenever it changes, which zones of the map the child does not have: in the log and in <c>/status</c>. The agent serves nevertheless:
/// servers that are there need no zone, and the operator of the child may make the zone at any time.
/// </summary>
internal sealed class ZoneWatch(ChildZones zones, ZoneOptions options, IChildHealth health, NovaProxyOptions agent, TimeProvider time, ILogger<ZoneWatch> log)
    : IWorker, IStatusSource
{
    readonly ConcurrentDictionary<string, string> told = new(StringComparer.Ordinal);

    string IWorker.Name => "zones";

    string IStatusSource.Name => "availability_zones";

    public IEnumerable<KeyValuePair<string, string>> Read() => options.Zones
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => KeyValuePair.Create(pair.Key, told.TryGetValue(pair.Value, out var why) ? $"{pair.Value}: {why}" : pair.Value));

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.Zones.Count == 0)
        {
            return;
        }

        while (true)
        {
            if (health.Answers)
            {
                await LookAsync(cancelled);
            }

            await Task.Delay(agent.AuditInterval, time, cancelled);
        }
    }

    /// <summary>One look; what was said and still holds is not said again.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        try
        {
            foreach (var (zone, why) in await zones.ReviewAsync(cancelled))
            {
                Tell(zone, why);
            }
        }
        catch (CloudFault fault)
        {
            Log.ZonesUnread(log, fault, fault.Message);
        }
    }

    void Tell(string zone, string? why)
    {
        if (why is null)
        {
            if (told.TryRemove(zone, out _))
            {
                Log.ZoneThere(log, zone);
            }
        }
        else if (!told.TryGetValue(zone, out var before) || before != why)
        {
            told[zone] = why;
            Log.ZoneMissing(log, why);
        }
    }
}
