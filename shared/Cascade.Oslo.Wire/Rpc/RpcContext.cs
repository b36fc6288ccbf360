using System.Text.Json.Nodes;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>
/// The request context: what a request carries as <c>_context_&lt;key&gt;</c> members. Kept whole, unknown keys included, because a
/// relayed call must send back everything it was given (nova/context.py: RequestContext.to_dict).
/// </summary>
public sealed class RpcContext
{
    readonly JsonObject members;

    public RpcContext(JsonObject members) => this.members = members;

    /// <summary>The members without their <c>_context_</c> prefix. Read only by convention: a context is shared by everything that serves one request.</summary>
    public JsonObject Members => members;

    public string? RequestId => Text("request_id");

    public string? GlobalRequestId => Text("global_request_id");

    public string? UserId => Text("user_id") ?? Text("user");

    public string? ProjectId => Text("project_id") ?? Text("tenant_id");

    /// <summary>The caller's Keystone token. Never log it.</summary>
    public string? AuthToken => Text("auth_token");

    public bool IsAdmin => members["is_admin"] is JsonValue value && value.TryGetValue<bool>(out var admin) && admin;

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
        var copy = members.DeepClone().AsObject();
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

    string? Text(string key) => members[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Names the request only: everything else in a context may be secret.</summary>
    public override string ToString() => RequestId ?? "-";
}
