using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Groups;

/// <summary>Groups, put together.</summary>
internal static class GroupsRoom
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<GroupHandlers>()
        .AddSingleton<GroupSnapshotHandlers>()
        .AddSingleton<ReplicationHandlers>();
}
