using Cascade.Agent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Types;
using Cascade.OpenStack;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that parent and that child, and are the types of the parent there?</summary>
internal static class UpgradeChecks
{
    // Volumes listed by when they changed (cinder/api/microversions.py: VOLUME_TIME_COMPARISON_FILTER).
    const string ChangedVolumes = "3.60";

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent
        .AddUpgradeCheck("Cinder's database", SchemaAsync)
        .AddUpgradeCheck("Child's volume API", ApiAsync)
        .AddUpgradeCheck("Account in the child", AccountAsync)
        .AddUpgradeCheck("Volume types", TypesAsync);

    static async Task<UpgradeCheckResult> SchemaAsync(IServiceProvider services, CancellationToken cancelled)
    {
        try
        {
            var schema = await SchemaCheck.LookAsync(services.GetRequiredService<CinderDatabase>(), cancelled);
            return schema.Refusal is { } refusal ? new(UpgradeCheckCode.Failure, refusal)
                : schema.Warning is { } warning ? new(UpgradeCheckCode.Warning, warning)
                : new(UpgradeCheckCode.Success);
        }
        catch (DatabaseAwayException away)
        {
            return new(UpgradeCheckCode.Failure, away.Message);
        }
    }

    static async Task<UpgradeCheckResult> ApiAsync(IServiceProvider services, CancellationToken cancelled) =>
        await services.GetRequiredService<Cloud>().BlockStorage.Service.SupportsAsync(Scope.Own, ChangedVolumes, cancelled)
            ? new(UpgradeCheckCode.Success)
            : new UpgradeCheckResult(UpgradeCheckCode.Failure, $"the child's Cinder is older than microversion {ChangedVolumes}: upgrade it to Ussuri or later");

    static async Task<UpgradeCheckResult> AccountAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var token = await services.GetRequiredService<Cloud>().Identity.TokenAsync(Scope.Own, cancelled);
        return token.Roles.Contains("admin", StringComparer.OrdinalIgnoreCase)
            ? new(UpgradeCheckCode.Success)
            : new UpgradeCheckResult(UpgradeCheckCode.Failure, $"the account needs the role admin in its project {token.ProjectId} (it has {string.Join(", ", token.Roles)}): volumes of all projects are an administrator's");
    }

    static async Task<UpgradeCheckResult> TypesAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var missing = (await services.GetRequiredService<TypeReview>().ReviewAsync(cancelled)).Where(type => type.Fault is not null).ToList();
        return missing.Count == 0
            ? new(UpgradeCheckCode.Success)
            : new UpgradeCheckResult(UpgradeCheckCode.Warning, string.Join("; ", missing.Select(type => $"{type.Name}: {type.Fault}")));
    }
}
