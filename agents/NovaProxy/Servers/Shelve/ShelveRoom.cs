using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>Shelving, put together.</summary>
internal static class ShelveRoom
{
    public static IServiceCollection AddShelve(this IServiceCollection services)
    {
        services.TryAddSingleton(new ShelveOptions());
        return services
            .AddSingleton<ShelvedImages>()
            .AddSingleton<Offload>()
            .AddSingleton<ShelveEnd>()
            .AddSingleton<GuestStop>()
            .AddSingleton<ShelveServer>()
            .AddSingleton<OffloadServer>()
            .AddSingleton<Unshelving>()
            .AddSingleton<UnshelveSteps>()
            .AddSingleton<UnshelveServer>()
            .AddSingleton<IServerOperation, ShelveOperation>()
            .AddSingleton<IServerOperation, OffloadOperation>()
            .AddSingleton<IServerOperation, UnshelveOperation>()
            .AddSingleton<ShelvedPolling>()
            .AddSingleton<IWorker>(provider => provider.GetRequiredService<ShelvedPolling>());
    }
}
