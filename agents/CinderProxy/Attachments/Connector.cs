using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// Who connects: the connector of a Nova-Proxy says in which child it is and which of the child's servers will have the volume. Any other connector belongs to
/// somebody who would open a path to the storage himself (os-brick), and there is none.
/// </summary>
/// <param name="Host">The parent's host; cinder-api names its lock by it and fails without (cinder/api/v3/attachments.py: update).</param>
/// <param name="ChildRegion">Null when the child has no region to name.</param>
/// <param name="ChildServerId">Null before the child has the server: a build attaches its volumes first.</param>
internal sealed record Connector(string Host, string? ChildRegion, string? ChildServerId)
{
    const string Ours = "cascade";

    /// <exception cref="RpcFault">InvalidInput, with what is missing.</exception>
    public static Connector Of(JsonObject connector)
    {
        if (Text(connector, "host") is not { } host)
        {
            throw CinderFaults.InvalidInput("the connector names no host");
        }

        return connector[Ours] is JsonObject ours
            ? new(host, Text(ours, "child_region"), Text(ours, "child_server_id"))
            : throw CinderFaults.InvalidInput(
                $"volumes of this host are in a child cloud and are attached there; host {host} is not a Cascade Nova-Proxy and has no way to them");
    }

    /// <summary>As it is kept with an attachment; null when nothing of ours connected with it.</summary>
    public static Connector? Kept(string? text)
    {
        if (text is not { Length: > 0 })
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) is JsonObject connector && connector[Ours] is JsonObject ours
                ? new(Text(connector, "host") ?? "", Text(ours, "child_region"), Text(ours, "child_server_id"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
