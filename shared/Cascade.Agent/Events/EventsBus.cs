using Cascade.Oslo.Messaging.Rabbit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cascade.Agent.Events;

/// <summary>The agents' own bus: MassTransit on a virtual host of its own, or nothing.</summary>
public static class EventsBus
{
    /// <summary>Adds <see cref="IEvents"/>, and hears what <paramref name="hear"/> names.</summary>
    public static AgentBuilder AddEvents(this AgentBuilder agent, Action<EventHearers>? hear = null)
    {
        var hearers = new EventHearers();
        hear?.Invoke(hearers);
        if (agent.Options(reader => EventsOptions.Read(reader, agent.Rabbit)).Bus is { } bus)
        {
            agent.Services.AddEventsBus(bus, $"{agent.Identity.ShortName}.{agent.Agent.Host}", hearers);
        }
        else
        {
            agent.Services.AddSingleton<IEvents, NoEvents>();
        }

        return agent;
    }

    internal static void AddEventsBus(this IServiceCollection services, RabbitOptions bus, string name, EventHearers hearers)
    {
        services.AddSingleton<EventCounts>();
        services.AddSingleton<IStatusSource>(all => all.GetRequiredService<EventCounts>());
        services.AddSingleton<EventTeller>();
        services.AddSingleton<IEvents>(all => all.GetRequiredService<EventTeller>());
        services.AddSingleton<IHostedService>(all => all.GetRequiredService<EventTeller>());
        services.Configure<MassTransitHostOptions>(host =>
        {
            // A bus that is away delays neither start nor stop.
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(3);
        });
        services.AddMassTransit(mass =>
        {
            // From 8.4 on it reports to its vendor unless it is told not to; an operator's control plane talks to nobody else.
            mass.DisableUsageTelemetry();
            mass.UsingRabbitMq((all, rabbit) =>
            {
                Connect(rabbit, bus, name);
                if (hearers.Count > 0)
                {
                    rabbit.ReceiveEndpoint($"cascade.{name}.{Guid.NewGuid():N}", endpoint => Receive(endpoint, all, hearers));
                }
            });
        });
    }

    static void Connect(IRabbitMqBusFactoryConfigurator rabbit, RabbitOptions bus, string name)
    {
        var first = bus.Hosts[0];
        rabbit.Host(first.Host, (ushort)first.Port, bus.VirtualHost, $"cascade-events:{name}", host =>
        {
            host.Username(first.User);
            host.Password(first.Password);
            host.Heartbeat(bus.HeartbeatTimeoutThreshold);
            if (bus.Hosts.Count > 1)
            {
                host.UseCluster(cluster => bus.Hosts.ToList().ForEach(node => cluster.Node($"{node.Host}:{node.Port}")));
            }

            if (bus.Tls.Enabled)
            {
                host.UseSsl(tls =>
                {
                    tls.ServerName = first.Host;
                    tls.Protocol = System.Security.Authentication.SslProtocols.None;
                    tls.Certificate = bus.Tls.Own();
                    tls.CertificateValidationCallback = (_, certificate, chain, errors) => bus.Tls.Accepts(certificate, chain, errors);
                });
            }
        });
    }

    static void Receive(IRabbitMqReceiveEndpointConfigurator endpoint, IServiceProvider services, EventHearers hearers)
    {
        // Each copy hears for itself; the queue goes a minute after it. Durable, because newer brokers refuse one that is neither that nor exclusive.
        endpoint.Durable = true;
        endpoint.QueueExpiration = TimeSpan.FromMinutes(1);
        endpoint.PrefetchCount = 64;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        hearers.AddTo(endpoint, services);
    }
}
