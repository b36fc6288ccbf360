using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Rabbit;

namespace Cascade.Agent.Events;

/// <summary>[cascade] events_url.</summary>
/// <param name="Bus">Where; null when switched off.</param>
public sealed record EventsOptions(RabbitOptions? Bus)
{
    internal static EventsOptions Read(OptionReader reader, RabbitOptions parent)
    {
        var url = reader.Group(OpsOptions.Group).Transport(
            "events_url",
            "The bus of the agents among themselves, a virtual host of its own that no OpenStack service uses; TLS as in [oslo_messaging_rabbit]. Without it everything works, some of it later.",
            new() { Sample = "rabbit://USER:PASSWORD@HOST:5672/cascade" });
        if (url is null)
        {
            return new((RabbitOptions?)null);
        }

        var bus = parent.On(url);
        if (bus.VirtualHost == parent.VirtualHost && bus.Hosts.Any(host => parent.Hosts.Any(theirs => theirs.Host == host.Host && theirs.Port == host.Port)))
        {
            reader.Fault($"[{OpsOptions.Group}] events_url: the virtual host '{bus.VirtualHost}' is the parent's: make another one (rabbitmqctl add_vhost cascade)");
        }

        return new(bus);
    }
}
