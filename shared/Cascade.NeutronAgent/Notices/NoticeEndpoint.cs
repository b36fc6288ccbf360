using System.Text.Json.Nodes;
using Cascade.NeutronAgent.Hints;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Notices;

/// <summary>
/// The page as it is served. A cast that a newer parent invented is none of our business; one that cannot be read may have been about something of ours, so
/// everything is compared, at most once a minute for this reason.
/// </summary>
public sealed class NoticeEndpoint(RpcTable page, IServiceProvider services, HintBook book, TimeProvider time, ILogger log) : IRpcEndpoint
{
    static readonly TimeSpan AtMostEach = TimeSpan.FromMinutes(1);

    readonly IRpcEndpoint table = page.On(services);
    readonly HashSet<string> known = page.Methods.Select(entry => entry.Method).ToHashSet(StringComparer.Ordinal);
    long last;

    public async Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
    {
        if (!known.Contains(request.Method))
        {
            Log.NoticeUnknown(log, request.Method, request.VersionText);
            return null;
        }

        try
        {
            return await table.ServeAsync(request, cancelled);
        }
#pragma warning disable CA1031 // A notice is never worth more than a comparison of everything.
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NoticeUnreadable(log, fault, request.Method);
            Compare();
            return null;
        }
    }

    void Compare()
    {
        var before = Interlocked.Read(ref last);
        if (before != 0 && time.GetElapsedTime(before) < AtMostEach)
        {
            return;
        }

        Interlocked.Exchange(ref last, time.GetTimestamp());
        book.Resync("a notice could not be read");
    }
}
