using Cascade.NovaProxy.Networks.Interfaces;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Networks;

/// <summary>The networks of instances, put together.</summary>
internal static class NetworksRoom
{
    public static IServiceCollection AddNetworks(this IServiceCollection services)
    {
        services.TryAddSingleton(new NetworksOptions());
        services.AddSingleton<InfoCaches>();
        services.AddSingleton<VirtualInterfaces>();
        services.AddSingleton<ParentPorts>();
        services.AddSingleton<ParentFacts>();
        services.AddSingleton<TenantNetworks>();
        services.AddSingleton<InfoCache>();
        services.AddSingleton<Release>();
        services.AddSingleton<Allocation>();
        services.AddSingleton<BuildNetworks>();
        services.AddSingleton<PortsLeft>();
        services.AddSingleton<Rebinding>();
        services.AddSingleton<ExternalEvents>();
        services.AddSingleton<PortsHeard>();
        return services.AddMirrored().AddInterfaces();
    }

    static IServiceCollection AddMirrored(this IServiceCollection services)
    {
        services.AddSingleton<ChildPorts>();
        services.AddSingleton<ChildPortWatch>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<ChildPortWatch>());
        services.AddSingleton<ServerNics>();
        services.AddSingleton<Plugs>();
        services.AddSingleton<PlugWatch>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<PlugWatch>());
        services.AddSingleton<InfoCacheHealing>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<InfoCacheHealing>());
        return services;
    }

    static IServiceCollection AddInterfaces(this IServiceCollection services)
    {
        services.AddSingleton<ChildInterfaces>();
        services.AddSingleton<AttachInterfaceHandler>();
        services.AddSingleton<DetachInterfaceHandler>();
        services.AddSingleton<FixedIps>();
        return services;
    }
}
