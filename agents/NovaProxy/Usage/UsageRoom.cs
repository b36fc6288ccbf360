using Cascade.NovaProxy.Parent;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Usage;

/// <summary>The usage audit, put together.</summary>
internal static class UsageRoom
{
    public static IServiceCollection AddUsage(this IServiceCollection services) => services
        .AddSingleton<TaskLogs>()
        .AddSingleton<IUsageNotices, UsageNotices>()
        .AddSingleton<IWorker, UsageAudit>();
}
