using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Evacuate;

/// <summary>Evacuations, put together.</summary>
internal static class EvacuateRoom
{
    public static IServiceCollection AddEvacuations(this IServiceCollection services) => services
        .AddSingleton<EvacuationRefusal>()
        .AddSingleton<EvacuatedServers>()
        .AddSingleton<IWorker>(provider => provider.GetRequiredService<EvacuatedServers>());
}
