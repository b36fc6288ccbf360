using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

/// <summary>One event of an action, as <c>openstack server event show</c> lists it.</summary>
public sealed record ActionEvent(string Name, string? Host, string? Result, string? Details);

/// <summary>One action of an instance.</summary>
public sealed record InstanceAction(string Uuid, string Action, string? RequestId, string? UserId, string? Message, IReadOnlyList<ActionEvent> Events);

public sealed partial class FakeConductor
{
    readonly List<ActionRow> actions = [];

    /// <summary>All actions of an instance, oldest first.</summary>
    public IReadOnlyList<InstanceAction> Actions(string uuid)
    {
        lock (one)
        {
            return [.. actions.Where(row => row.Uuid == uuid).Select(row => row.Seen())];
        }
    }

    /// <summary>Begins an action as nova-api and nova-conductor do before the cast.</summary>
    public void AddAction(string uuid, string action, string requestId, string? userId)
    {
        lock (one)
        {
            actions.Add(new(uuid, action, requestId, userId));
        }
    }

    JsonNode? ActionStart(RpcContext context, JsonArray args)
    {
        actions.Add(new(args[0]!.GetValue<string>(), args[1]!.GetValue<string>(), context.RequestId, context.UserId));
        return null;
    }

    JsonNode? EventStart(RpcContext context, JsonArray args, JsonObject kwargs)
    {
        Action(context, args[0]!.GetValue<string>()).Events.Add(new(args[1]!.GetValue<string>(), kwargs["host"]?.GetValue<string>(), null, null));
        return null;
    }

    JsonNode? EventFinish(RpcContext context, JsonArray args, JsonObject kwargs)
    {
        var action = Action(context, args[0]!.GetValue<string>());
        var name = args[1]!.GetValue<string>();
        // The youngest of the name: nova/db/main/api.py: action_event_finish.
        var at = action.Events.FindLastIndex(started => started.Name == name);
        if (at < 0)
        {
            throw new RpcFault("nova.exception", "InstanceActionEventNotFound", $"Event {name} not found for action id {action.RequestId}", new() { ["code"] = 404 });
        }

        var failure = kwargs["exc_val"]?.GetValue<string>();
        action.Events[at] = action.Events[at] with { Result = failure is null ? "Success" : "Error", Details = failure };
        if (failure is not null)
        {
            action.Message = "Error";
        }

        return null;
    }

    /// <summary>By request id and instance; only an administrator without a project falls back to the latest (nova/db/main/api.py: action_event_start).</summary>
    ActionRow Action(RpcContext context, string uuid) =>
        actions.LastOrDefault(row => row.Uuid == uuid && row.RequestId == context.RequestId)
        ?? (context.ProjectId is null ? actions.LastOrDefault(row => row.Uuid == uuid) : null)
        ?? throw new RpcFault(
            "nova.exception", "InstanceActionNotFound", $"Action for request_id {context.RequestId} on instance {uuid} not found", new() { ["code"] = 404 });

    sealed record ActionRow(string Uuid, string Name, string? RequestId, string? UserId)
    {
        public List<ActionEvent> Events { get; } = [];

        public string? Message { get; set; }

        public InstanceAction Seen() => new(Uuid, Name, RequestId, UserId, Message, [.. Events]);
    }
}
