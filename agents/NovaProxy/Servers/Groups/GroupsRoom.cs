using Cascade.NovaProxy.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>Server groups, put together.</summary>
internal static class GroupsRoom
{
    public static IServiceCollection AddGroups(this IServiceCollection services)
    {
        services.TryAddSingleton(new GroupOptions());
        return services.AddSingleton<ChildGroups>().AddSingleton<InstanceGroups>().AddSingleton<LateGroupCheck>().AddSingleton<IWorker, GroupSweep>();
    }
}
