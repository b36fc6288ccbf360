using System.Text;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Rpc;

[TestFixture]
public sealed class RpcRequestTests
{
    [TestCaseSource(typeof(Samples), nameof(Samples.Requests))]
    public void What_a_peer_asked_is_written_as_the_peer_wrote_it(Sample sample)
    {
        var read = RpcRequest.Read(sample.Body);

        var written = OsloEnvelope.Unwrap(read.Write(TolerantJson.ToNode(read.Arguments)!.AsObject()));

        Same.As(sample.Message, JsonNode.Parse(written));
    }

    [Test]
    public void A_call_is_known_by_its_reply_queue()
    {
        var call = RpcRequest.Read(Samples.One("call_monitor", "request").Body);
        var cast = RpcRequest.Read(Samples.One("cast", "request").Body);

        Assert.That((call.IsCall, call.CallMonitorTimeout, cast.IsCall), Is.EqualTo((true, (TimeSpan?)TimeSpan.FromSeconds(4), false)));
    }

    static RpcRequest Read(string message) => RpcRequest.Read(Encoding.UTF8.GetBytes(message));

    [Test]
    public void What_is_missing_has_its_default()
    {
        var read = Read("""{"method": "a", "unknown": [1]}""");

        Assert.That((read.Version, read.Namespace, read.UniqueId, read.IsCall), Is.EqualTo((RpcVersion.Default, (string?)null, (string?)null, false)));
        Assert.That(read.Arguments.EnumerateObject().Count() + read.Context.Members.Count, Is.Zero);
    }

    [TestCase("\"6\"", "6", TestName = "no minor")]
    [TestCase("\"six\"", "six", TestName = "no number")]
    public void A_version_that_cannot_be_read_is_served_by_nobody_and_named_as_it_was_written(string version, string named)
    {
        var read = Read($$"""{"method": "a", "version": {{version}}}""");

        Assert.That((new RpcVersion(6, 5).Serves(read.Version), read.VersionText), Is.EqualTo((false, named)));
    }

    [TestCase("\"4\"", 4)]
    [TestCase("4.9", 4)]
    [TestCase("null", 0)]
    [TestCase("\"soon\"", 0)]
    [TestCase("-1", 0)]
    [TestCase("1e300", 0)]
    public void A_call_monitor_time_is_taken_as_int_takes_it(string written, int seconds) =>
        Assert.That(
            Read($$"""{"method": "a", "_timeout": {{written}}}""").CallMonitorTimeout ?? TimeSpan.Zero, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void A_cast_without_a_method_is_malformed_and_a_call_is_told_so()
    {
        Assert.Throws<MalformedMessageException>(() => Read("{}"));
        Assert.That(Read("""{"_msg_id": "m", "_reply_q": "q"}""").Method, Is.EqualTo("None"));
    }

    [Test]
    public void A_context_is_handed_on_whole_and_read_by_its_known_words()
    {
        var context = RpcRequest.Read(Samples.One("nova_obj", "request").Body).Context;

        Assert.That(context.RequestId, Does.StartWith("req-"));
        Assert.That(context.Members.ContainsKey("user_identity"), Is.True);
        Assert.That(context.RequestId, Is.EqualTo((string?)context.Members["request_id"]), "the same before and after the members were taken");
        Assert.That(context.Elevated().IsAdmin && !context.IsAdmin, Is.True);
    }
}
