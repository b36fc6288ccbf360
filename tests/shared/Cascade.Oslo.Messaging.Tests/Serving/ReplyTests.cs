using System.Text;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class ReplyTests
{
    const string Queue = "compute.host1";

    static string Call(string id, string timeout = "null") =>
        $$"""{"method": "ask", "version": "6.0", "_unique_id": "{{id}}", "_msg_id": "m{{id}}", "_reply_q": "reply_late", "_timeout": {{timeout}}}""";

    [Test]
    public async Task A_reply_whose_queue_is_missing_is_sent_again_until_the_queue_is_back_and_the_request_is_not_held_for_it()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await lane.ServeAsync(new Endpoint(_ => "answer"));
        await raw.SendAsync(Queue, Call("1"));
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) == 0, "the request is acknowledged without its reply");

        await raw.Channel.QueueDeclareAsync("reply_late", durable: false, exclusive: false, autoDelete: false);

        await Wait.UntilAsync(async () => await lane.CountAsync("reply_late") == 1, "the reply is there");
        var got = await raw.Channel.BasicGetAsync("reply_late", autoAck: true);
        var reply = RpcReply.Read(got!.Body.Span);
        Assert.That((reply.MessageId, reply.Result.GetString(), reply.Ending), Is.EqualTo(("m1", "answer", true)));
    }

    [Test]
    public async Task A_call_that_asks_for_signs_of_life_gets_them_before_its_answer()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync("reply_late", durable: false, exclusive: false, autoDelete: false);
        var release = new TaskCompletionSource();
        await lane.ServeAsync(new Endpoint(async (_, _) =>
        {
            await release.Task;
            return "done";
        }));
        await raw.SendAsync(Queue, Call("1", "2"));
        List<RpcReply> replies = [];
        async Task<bool> CameAsync(Func<RpcReply, bool> awaited)
        {
            while (await raw.Channel.BasicGetAsync("reply_late", autoAck: true) is { } got)
            {
                replies.Add(RpcReply.Read(got.Body.Span));
            }

            return replies.Exists(reply => awaited(reply));
        }

        await Wait.UntilAsync(() => CameAsync(reply => reply.IsHeartbeat), "a sign of life");
        Assert.That(replies, Is.All.Matches<RpcReply>(reply => reply is { IsHeartbeat: true, Ending: false, MessageId: "m1" }));
        release.SetResult();

        await Wait.UntilAsync(() => CameAsync(reply => reply.Ending), "the answer");
        Assert.That((replies[^1].MessageId, replies[^1].Result.GetString()), Is.EqualTo(("m1", "done")));
    }

    [Test]
    public async Task A_call_without_a_time_out_of_its_own_never_gets_a_sign_of_life()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync("reply_late", durable: false, exclusive: false, autoDelete: false);
        await lane.ServeAsync(new Endpoint(_ => null));

        await raw.SendAsync(Queue, Call("1"));

        await Wait.UntilAsync(async () => await lane.CountAsync("reply_late") == 1, "the answer");
        var got = await raw.Channel.BasicGetAsync("reply_late", autoAck: true);
        Assert.That(Encoding.UTF8.GetString(got!.Body.Span), Does.Contain("\\\"ending\\\":true").Or.Contain("\\\"ending\\\": true"));
    }
}
