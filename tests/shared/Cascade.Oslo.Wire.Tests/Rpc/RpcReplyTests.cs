using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Rpc;

[TestFixture]
public sealed class RpcReplyTests
{
    [TestCaseSource(typeof(Samples), nameof(Samples.Replies))]
    public void What_a_peer_answered_is_written_as_the_peer_wrote_it(Sample sample)
    {
        var read = RpcReply.Read(sample.Body);

        var written = read.IsHeartbeat ? RpcReply.WriteHeartbeat(read.MessageId)
            : read.Failure is null ? RpcReply.WriteResult(read.MessageId, TolerantJson.ToNode(read.Result))
            : RpcReply.WriteFailure(read.MessageId, RemoteFailure.Write(RemoteFailure.Read(read.Failure)));

        var message = JsonNode.Parse(OsloEnvelope.Unwrap(written))!;
        Same.As(sample.Message, message, "_unique_id", "failure");
        Same.As(Failure(sample.Message), Failure(message));
        Assert.That((string?)message["_unique_id"], Has.Length.EqualTo(32));
    }

    static JsonNode? Failure(JsonNode message) => message["failure"] is { } text ? JsonNode.Parse(text.GetValue<string>()) : null;

    [Test]
    public void A_reply_that_names_no_call_is_malformed() =>
        Assert.Throws<MalformedMessageException>(() => RpcReply.Read(OsloEnvelope.Wrap("""{"result": 1}"""u8)));
}
