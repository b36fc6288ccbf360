using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>
/// The request context: what a request carries as <c>_context_&lt;key&gt;</c> members. Kept whole, unknown keys included, because a
/// relayed call must send back everything it was given (nova/context.py: RequestContext.to_dict).
/// </summary>
public sealed class RpcContext
{
    const string Prefix = "_context_";

    // Most requests are served without a look at more than the request id: the members stay in the message until somebody asks for them.
    readonly JsonElement message;
    JsonObject? members;

    public RpcContext(JsonObject members) => this.members = members;

    internal RpcContext(JsonElement message) => this.message = message;

    /// <summary>The members without their <c>_context_</c> prefix. Read only by convention: a context is shared by everything that serves one request.</summary>
    public JsonObject Members => members ?? Interlocked.CompareExchange(ref members, Taken(message), null) ?? members;

    public string? RequestId => Text("request_id");

    public string? GlobalRequestId => Text("global_request_id");

    public string? UserId => Text("user_id") ?? Text("user");

    public string? ProjectId => Text("project_id") ?? Text("tenant_id");

    /// <summary>The caller's Keystone token. Never log it.</summary>
    public string? AuthToken => Text("auth_token");

    public bool IsAdmin => Members["is_admin"] is JsonValue value && value.TryGetValue<bool>(out var admin) && admin;

    /// <summary>
    /// An administrator's own context, the smallest that nova's conductor takes: a timestamp is left out because a wrong
    /// format fails every call there (nova/context.py: RequestContext.__init__).
    /// </summary>
    public static RpcContext Admin(string requestId, string readDeleted = "no") => new(new JsonObject
    {
        ["is_admin"] = true,
        ["request_id"] = requestId,
        ["read_deleted"] = readDeleted,
    });

    /// <summary>The same request with administrator's rights (nova/context.py: RequestContext.elevated).</summary>
    public RpcContext Elevated(string? readDeleted = null)
    {
        var copy = Members.DeepClone().AsObject();
        copy["is_admin"] = true;
        var roles = copy["roles"] as JsonArray ?? [];
        if (!roles.Any(role => role?.GetValueKind() is System.Text.Json.JsonValueKind.String && role.GetValue<string>() == "admin"))
        {
            roles.Add((JsonNode)"admin");
        }

        if (roles.Parent is null)
        {
            copy["roles"] = roles;
        }

        if (readDeleted is not null)
        {
            copy["read_deleted"] = readDeleted;
        }

        return new(copy);
    }

    /// <summary>What may be published to whoever listens (oslo_context/context.py: RequestContext.redacted_copy).</summary>
    internal RpcContext WithoutToken()
    {
        var copy = Members.DeepClone().AsObject();
        if (copy.ContainsKey("auth_token"))
        {
            copy["auth_token"] = null;
        }

        return new(copy);
    }

    /// <summary>Writes every member under its prefix.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        foreach (var (key, value) in Members)
        {
            writer.WritePropertyName(Prefix + key);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }
    }

    static JsonObject Taken(JsonElement message)
    {
        var taken = new JsonObject();
        foreach (var member in message.EnumerateObject())
        {
            if (member.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                taken[member.Name[Prefix.Length..]] = TolerantJson.ToNode(member.Value);
            }
        }

        return taken;
    }

    string? Text(string key) =>
        members is null
            ? message.TryGetProperty(Prefix + key, out var raw) && raw.ValueKind == JsonValueKind.String ? raw.GetString() : null
            : members[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Names the request only: everything else in a context may be secret.</summary>
    public override string ToString() => RequestId ?? "-";
}
