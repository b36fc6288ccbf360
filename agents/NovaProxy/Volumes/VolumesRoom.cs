using Cascade.NovaProxy.Volumes.Attaching;
using Cascade.NovaProxy.Volumes.Boot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Volumes;

/// <summary>The volumes of instances, put together.</summary>
internal static class VolumesRoom
{
    public static IServiceCollection AddVolumes(this IServiceCollection services)
    {
        services.TryAddSingleton(new VolumesOptions());
        services.AddSingleton<ParentVolumes>();
        services.AddSingleton<ChildVolumes>();
        services.AddSingleton<Connecting>();
        services.AddSingleton<VolumeLooks>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<VolumeLooks>());
        services.AddSingleton<VolumeAudit>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<VolumeAudit>());
        services.AddSingleton<BootVolumes>();
        services.AddSingleton<InstanceVolumes>();
        services.AddSingleton<EarlierLife>();
        services.AddSingleton<ReserveDeviceNameHandler>();
        services.AddSingleton<AttachVolumeHandler>();
        services.AddSingleton<DetachVolumeHandler>();
        services.AddSingleton<SwapVolumeHandler>();
        services.AddSingleton<RemoveConnectionHandler>();
        services.AddSingleton<ExtendedVolumes>();
        return services;
    }
}
