using Cascade.Agent;
using Cascade.Contracts.Neutron;
using Cascade.NeutronAgent.Hints;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Notices;

/// <summary>Makes the server of all that is heard. Notices are acknowledged on delivery, as natively: they become hints, which a comparison can replace.</summary>
public sealed class NoticeServer(
    RabbitTransport transport, INoticePage page, AgentOptions agent, HintBook book, IServiceProvider services, TimeProvider time, ILogger<NoticeServer> log)
{
    public ActiveServer Create()
    {
        var server = transport.CreateServer(
            new()
            {
                Listen = [.. page.Heard.Select(Listen)],
                Acknowledge = Acknowledge.OnDelivery,
                Parks = false,
                Concurrency = 1,
                StopGrace = TimeSpan.FromSeconds(1),
            },
            new NoticeEndpoint(page.Page(), services, book, time, log));
        server.Reconnected += (_, _) => book.Resync("the connection to the broker was lost");
        return new(server);
    }

    RpcListen Listen(NeutronTopic topic) => new(topic.Name, agent.Host) { ServerQueue = topic.ToHost, Fanout = true, Private = false };
}
