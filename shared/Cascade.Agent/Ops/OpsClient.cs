using System.Net;

namespace Cascade.Agent;

/// <summary>A verb's way to the agent that runs: its ops port, which listens where the verb's own configuration says.</summary>
static class OpsClient
{
    /// <summary>What only a client of ours sends, and no page in a browser can.</summary>
    public const string Header = "X-Cascade-Verb";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where it listens on every address, as in a container, that is no address to call.</summary>
    internal static IPEndPoint Callable(IPEndPoint listen) =>
        listen.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, listen.Port)
        : listen.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, listen.Port)
        : listen;

    /// <returns>Null when nobody answered; then that was said.</returns>
    public static async Task<(bool Fine, byte[] Body)?> AskAsync(OpsOptions options, HttpMethod method, string path, VerbContext verb, CancellationToken cancelled, TimeSpan? patience = null)
    {
        if (options.Listen is not { } listen)
        {
            await verb.Error.WriteLineAsync("The agent has no ops port: [cascade] ops_listen ends in :0.");
            return null;
        }

        try
        {
            using var http = new HttpClient { Timeout = patience ?? Patience };
            using var request = new HttpRequestMessage(method, new Uri($"http://{Callable(listen)}{path}"));
            request.Headers.Add(Header, "1");
            using var answer = await http.SendAsync(request, cancelled);
            return (answer.IsSuccessStatusCode, await answer.Content.ReadAsByteArrayAsync(cancelled));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancelled.IsCancellationRequested)
        {
            await verb.Error.WriteLineAsync($"The agent does not answer on {listen}: {e.Message}");
            return null;
        }
    }
}
