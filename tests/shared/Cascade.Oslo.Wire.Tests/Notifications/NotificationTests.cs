using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Notifications;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Notifications;

[TestFixture]
public sealed class NotificationTests
{
    [TestCaseSource(typeof(Samples), nameof(Samples.Notifications))]
    public void What_a_peer_notified_is_written_as_the_peer_wrote_it(Sample sample)
    {
        var read = Notification.Read(sample.Body);

        var written = sample.Raw.Contains("oslo.version", StringComparison.Ordinal) ? read.WriteEnveloped() : read.WritePlain();

        Assert.That(JsonNode.Parse(written)!.AsObject().ContainsKey("oslo.version"), Is.EqualTo(sample.Raw.StartsWith("{\"oslo.version", StringComparison.Ordinal)));
        Same.As(sample.Message, JsonNode.Parse(OsloEnvelope.Unwrap(written)), "_unique_id");
    }

    [Test]
    public void A_token_is_never_sent()
    {
        var context = new RpcContext(new JsonObject { ["auth_token"] = "gold", ["request_id"] = "req-1" });

        var written = new Notification("compute.host1", "a.b", "info", null, DateTimeOffset.UnixEpoch, "id", context).WriteEnveloped();

        Assert.That(System.Text.Encoding.UTF8.GetString(written), Does.Not.Contain("gold").And.Contain("req-1"));
        Assert.That((string?)context.Members["auth_token"], Is.EqualTo("gold"), "the context itself is whole");
    }
}
