using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Agent.Verbs;
using Cascade.Mirror.Reaping;
using Cascade.Mirror.Vitals;
using Cascade.OpenStack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cascade.Agent;

/// <summary>
/// What verbs ask of the running agent. Only from this machine, whatever address the port listens on, and only with a header that no page in a browser can send: both clouds
/// are asked much for it.
/// </summary>
static class OpsMirror
{
    public const string Resync = "/mirror/resync";
    public const string Orphans = "/mirror/orphans";

    public static void Map(IEndpointRouteBuilder web, Redaction redaction)
    {
        web.MapPost(Resync, http => ResyncAsync(http, redaction));
        web.MapGet(Orphans, http => ListAsync(http, redaction));
        web.MapPost(Orphans, http => ReapAsync(http, redaction));
    }

    static Task ResyncAsync(HttpContext http, Redaction redaction) => AnswerAsync(http, redaction, VerbJson.Default.Comparing, () =>
    {
        var compared = Ongoing.Of<ICompares>().ToList();
        compared.ForEach(one => one.CompareNow("an operator's word"));
        return Task.FromResult(new Comparing([.. compared.OfType<IVital>().Select(vital => vital.Read().Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    });

    static Task ListAsync(HttpContext http, Redaction redaction) =>
        AnswerAsync(http, redaction, VerbJson.Default.IReadOnlyListOrphanSeen, () => EachAsync(reaper => reaper.ListAsync(http.RequestAborted)));

    static Task ReapAsync(HttpContext http, Redaction redaction) =>
        AnswerAsync(http, redaction, VerbJson.Default.Reaped, async () => new(await EachAsync(reaper => reaper.PassAsync(http.RequestAborted))));

    static async Task<IReadOnlyList<T>> EachAsync<T>(Func<IReaper, Task<IReadOnlyList<T>>> ask)
    {
        var all = new List<T>();
        foreach (var reaper in Ongoing.Of<IReaper>())
            all.AddRange(await ask(reaper));
        return all;
    }

    static async Task AnswerAsync<T>(HttpContext http, Redaction redaction, JsonTypeInfo<T> type, Func<Task<T>> work)
    {
        if (!IsHere(http.Connection) || !http.Request.Headers.ContainsKey(OpsClient.Header))
        {
            await SayAsync(http, StatusCodes.Status403Forbidden, "text/plain", "This is for the verbs of the agent, on its own machine.\n"u8.ToArray());
            return;
        }

        if (!Ongoing.Of<IVital>().Any())
        {
            await SayAsync(http, StatusCodes.Status409Conflict, "text/plain", "This copy is not the active one, or it is still starting: status says which. Ask the other one.\n"u8.ToArray());
            return;
        }

        try
        {
            await SayAsync(http, StatusCodes.Status200OK, "application/json", JsonSerializer.SerializeToUtf8Bytes(await work(), type));
        }
        catch (Exception fault) when (fault is CloudFault or Oslo.Wire.Failures.RpcFault or TimeoutException or AgentException)
        {
            await SayAsync(http, StatusCodes.Status502BadGateway, "text/plain", System.Text.Encoding.UTF8.GetBytes(redaction.Clean(fault.Message) + "\n"));
        }
    }

    static bool IsHere(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } from && (IPAddress.IsLoopback(from) || from.Equals(connection.LocalIpAddress));

    static async Task SayAsync(HttpContext http, int code, string type, byte[] body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = type;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
