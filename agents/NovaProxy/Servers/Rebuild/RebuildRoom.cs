using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>Rebuilds, put together.</summary>
internal static class RebuildRoom
{
    public static IServiceCollection AddRebuild(this IServiceCollection services) => services
        .AddSingleton<RebuildSources>()
        .AddSingleton<ReimagedVolume>()
        .AddSingleton<RebuildServer>()
        .AddSingleton<IServerOperation, RebuildOperation>();
}
