using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Cascade.OpenStack.Http;

/// <summary>Asks an endpoint which microversions it speaks.</summary>
/// <remarks>nova/api/openstack/compute/versions.py: <c>GET /v2.1/</c> → <c>{"version": {"version": "2.96", "min_version": "2.1"}}</c>;
/// placement/handlers/root.py: <c>GET /</c> → <c>{"versions": [{"max_version": "1.39", "min_version": "1.0"}]}</c>.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is never asked for has nothing to dispose of.")]
internal sealed partial class VersionDiscovery(Transport transport, ServiceTraits traits)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (MicroversionRange Range, long At)> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly RawClient raw = new(transport, traits.Type, ServiceTimeouts.Short);

    public async Task<MicroversionRange> RangeAsync(string root, string token, CancellationToken cancelled)
    {
        if (traits.Newest is null)
        {
            return MicroversionRange.None;
        }

        // The document stands above the project, if the URL has one.
        var place = AfterVersion().Replace(root, "${version}");
        if (Known(place) is { } fresh)
        {
            return fresh;
        }

        await one.WaitAsync(cancelled);
        try
        {
            return Known(place) ?? await AskAsync(place, token, cancelled);
        }
        finally
        {
            one.Release();
        }
    }

    public void Forget() => known.Clear();

    private MicroversionRange? Known(string place) =>
        known.TryGetValue(place, out var found) && transport.Time.GetElapsedTime(found.At) < GoodFor ? found.Range : null;

    private async Task<MicroversionRange> AskAsync(string place, string token, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/");
        using var answer = await raw.SendAsync(
            request,
            (send, stop) => send(place, message => message.Headers.TryAddWithoutValidation("X-Auth-Token", token), stop),
            cancelled);
        var document = await raw.ReadAsync(answer, request, VersionJson.Default.VersionDocument, cancelled);
        var range = document.Range() ?? throw raw.Garbage(answer, request, "a version document without microversions");
        OpenStack.Log.VersionFound(transport.Log, transport.Options.Name, traits.Type, place, range.Min.ToString(), range.Max.ToString());
        known[place] = (range, transport.Time.GetTimestamp());
        return range;
    }

    [GeneratedRegex(@"(?<version>/v\d+(\.\d+)?)/.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AfterVersion();
}
