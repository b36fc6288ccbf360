using Cascade.Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Zones;

/// <summary>Zones and aggregates, put together.</summary>
internal static class ZonesRoom
{
    public static IServiceCollection AddZones(this IServiceCollection services)
    {
        services.TryAddSingleton(new ZoneOptions());
        return services
            .AddSingleton<ChildZones>()
            .AddSingleton<ZoneWatch>()
            .AddSingleton<IWorker>(all => all.GetRequiredService<ZoneWatch>())
            .AddSingleton<IStatusSource>(all => all.GetRequiredService<ZoneWatch>());
    }
}
