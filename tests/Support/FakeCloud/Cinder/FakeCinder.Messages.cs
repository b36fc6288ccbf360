using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What is said to a project of what went wrong (cinder/message/api.py, message_field.py).</summary>
public sealed partial class FakeCinder
{
    private readonly List<FakeMessage> messages = [];

    public IReadOnlyList<FakeMessage> Messages => Read(() => messages.ToList());

    /// <summary>Said now to whom the thing is of, as after an order that only this cloud heard of.</summary>
    /// <param name="resourceType"><c>VOLUME</c>, <c>VOLUME_SNAPSHOT</c> or <c>VOLUME_BACKUP</c>.</param>
    public void SayByHand(string resourceType, string resourceId, string action, string detail, string requestId) =>
        cloud.Locked(() => Say("whoever", resourceType, resourceId, action, detail, $"action {action}:detail {detail}", requestId));

    private void Say(string projectId, string resourceType, string resourceId, string action, string detail, string text, string requestId) =>
        messages.Add(new(Guid.NewGuid().ToString(), projectId, resourceType, resourceId, $"VOLUME_{resourceType}_{action}_{detail}", text, requestId, cloud.Now));

    private FakeAnswer ListMessages(FakeCall call)
    {
        var found = messages.Where(message =>
            (call.IsAdmin || message.ProjectId == call.ProjectId)
            && (call.Asked("resource_uuid") is not { } resource || !call.Knows(3, 5) || message.ResourceId == resource));
        var page = new FakePage<FakeMessage>("/messages", "messages", "messages_links", message => message.Id, (message, key) => key is "created_at" ? message.Created : message.Id);
        return page.Answer(call, cloud, found, id => messages.Find(message => message.Id == id), message => new JsonObject
        {
            ["id"] = message.Id, ["event_id"] = message.EventId, ["user_message"] = message.Text, ["message_level"] = "ERROR", ["created_at"] = Time(message.Created),
            ["guaranteed_until"] = Time(message.Created.AddDays(30)), ["request_id"] = message.RequestId, ["resource_type"] = message.ResourceType, ["resource_uuid"] = message.ResourceId,
        });
    }
}
