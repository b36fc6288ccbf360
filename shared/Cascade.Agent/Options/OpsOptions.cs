using System.Globalization;
using System.Net;
using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>[cascade]: what no OpenStack service has.</summary>
/// <param name="Listen">address and port of /healthcheck, /metrics and /status; null when switched off (port 0).</param>
/// <param name="MayDoWithout">true when nobody asked for a port: the usual one may be in another agent's hands.</param>
/// <param name="OtlpEndpoint">where metrics, traces and the log go by OTLP; null for nowhere.</param>
public sealed record OpsOptions(IPEndPoint? Listen, bool MayDoWithout, Uri? OtlpEndpoint)
{
    internal const string Group = "cascade";
    const string Usual = "127.0.0.1:8980";

    internal static OpsOptions Read(OptionReader reader)
    {
        var group = reader.Group(Group, "Options that only these agents have.", own: true);
        var listen = group.Text(
            "ops_listen", null,
            $"Address and port of /healthcheck, /metrics and /status; {Usual} without a word, where that is free. Port 0 switches it off. Every agent on a machine needs its own.",
            new() { Sample = Usual });
        var otlp = group.Text("otlp_endpoint", null, "Send metrics, traces and the log by OTLP/gRPC to this address; off without it.", new() { Sample = "http://127.0.0.1:4317" });
        return new(EndPoint(reader, listen ?? Usual), listen is null, Endpoint(reader, otlp));
    }

    static IPEndPoint? EndPoint(OptionReader reader, string text)
    {
        if (IPEndPoint.TryParse(text, out var parsed) && text.EndsWith(":" + parsed.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            return parsed.Port == 0 ? null : parsed;
        reader.Fault($"[{Group}] ops_listen = '{text}': write an address and a port, 127.0.0.1:8980 or [::1]:8980");
        return null;
    }

    static Uri? Endpoint(OptionReader reader, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return uri;
        reader.Fault($"[{Group}] otlp_endpoint = '{text}': write a URL such as http://127.0.0.1:4317");
        return null;
    }
}
