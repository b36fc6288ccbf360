using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// Whose request it is, on every line that is logged while it is served: the values of oslo.context's get_logging_values (oslo_context/context.py), under their keys, as a scope of the logger.
/// </summary>
static class RequestLines
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(RpcContext context) => new KeyValuePair<string, object?>[]
    {
        new("global_request_id", context.GlobalRequestId),
        new("request_id", context.RequestId),
        new("user", context.UserId),
        new("project", context.ProjectId),
        new("domain", Text(context, "domain_id") ?? Text(context, "domain")),
        new("system_scope", Text(context, "system_scope")),
        new("user_domain", Text(context, "user_domain_id") ?? Text(context, "user_domain")),
        new("project_domain", Text(context, "project_domain_id") ?? Text(context, "project_domain")),
    };

    static string? Text(RpcContext context, string member) =>
        context.Members[member] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
