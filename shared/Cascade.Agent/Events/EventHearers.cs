using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Events;

/// <summary>The contents page of what an agent hears from other agents.</summary>
public sealed class EventHearers
{
    readonly List<Action<IReceiveEndpointConfigurator, IServiceProvider>> all = [];

    internal int Count => all.Count;

    /// <summary>One kind of event and who hears it; <typeparamref name="THear"/> is registered as itself.</summary>
    public EventHearers Hear<TEvent, THear>()
        where TEvent : class
        where THear : class, IHear<TEvent>
    {
        all.Add((endpoint, services) => endpoint.Handler<TEvent>(heard => HearAsync<TEvent, THear>(heard, services)));
        return this;
    }

    internal void AddTo(IReceiveEndpointConfigurator endpoint, IServiceProvider services) => all.ForEach(add => add(endpoint, services));

    static async Task HearAsync<TEvent, THear>(ConsumeContext<TEvent> heard, IServiceProvider services)
        where TEvent : class
        where THear : class, IHear<TEvent>
    {
        try
        {
            services.GetRequiredService<EventCounts>().Heard();
            await services.GetRequiredService<THear>().HearAsync(heard.Message, heard.CancellationToken);
        }
#pragma warning disable CA1031 // The one boundary of what is heard: a hint is not worth a second delivery.
        catch (Exception fault) when (!heard.CancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.EventFailed(services.GetRequiredService<ILogger<EventHearers>>(), fault, typeof(TEvent).Name);
        }
    }
}
