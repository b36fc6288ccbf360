using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Notifications;
using Cascade.Oslo.Wire.Notifications;

namespace Cascade.Contracts.Nova.Tests;

public sealed class InstanceNoticeTest
{
    // The shapes are those of nova's own doc/notification_samples and of info_from_instance.
    [TestCase("instance.power_off.end", """{"nova_object.name":"InstanceActionPayload","nova_object.data":{"uuid":"u1","state":"stopped"}}""", "u1", "versioned")]
    [TestCase("instance.update", """{"nova_object.data":{"uuid":"u1"}}""", "u1", "a change of state alone")]
    [TestCase("compute.instance.power_off.end", """{"instance_id":"u1","state":"stopped"}""", "u1", "unversioned")]
    [TestCase("service.update", """{"nova_object.data":{"uuid":"s1"}}""", null, "of a service, not of an instance")]
    [TestCase("instance.update", """{"uuid":"u1"}""", null, "an instance.* that is not versioned is nobody's form")]
    [TestCase("compute.instance.update", "[]", null, "no object")]
    [TestCase("instance.update", "null", null, "nothing")]
    public void Whom_a_notification_is_about(string eventType, string payload, string? uuid, string because) =>
        Assert.That(InstanceNotice.UuidOf(new("nova-compute:c", eventType, "INFO", JsonNode.Parse(payload), DateTimeOffset.UnixEpoch, "m")), Is.EqualTo(uuid), because);
}
