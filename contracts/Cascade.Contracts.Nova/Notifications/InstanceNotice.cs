using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Notifications;

namespace Cascade.Contracts.Nova.Notifications;

/// <summary>What nova notifies of one instance, in either form.</summary>
public static class InstanceNotice
{
    /// <summary>Of <c>[notifications] versioned_notifications_topics</c>, and what <c>[oslo_messaging_notifications] topics</c> has for the unversioned.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["versioned_notifications", "notifications"];

    /// <summary>
    /// The instance that it is about, null when it is about something else. Versioned, <c>instance.*</c>: <c>payload.nova_object.data.uuid</c>
    /// (nova/notifications/objects/instance.py: InstancePayload); unversioned, <c>compute.instance.*</c>: <c>payload.instance_id</c>
    /// (nova/notifications/base.py: info_from_instance).
    /// </summary>
    public static string? UuidOf(Notification notification) =>
        notification.EventType.StartsWith("instance.", StringComparison.Ordinal) ? Text((notification.Payload as JsonObject)?["nova_object.data"], "uuid")
        : notification.EventType.StartsWith("compute.instance.", StringComparison.Ordinal) ? Text(notification.Payload, "instance_id")
        : null;

    static string? Text(JsonNode? node, string member) =>
        node is JsonObject members && members[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
