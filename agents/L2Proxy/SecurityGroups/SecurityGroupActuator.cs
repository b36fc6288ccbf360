using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>The verbs of a group without its rules. It is made in our own project, where no tenant can write its description or its rules.</summary>
internal sealed class SecurityGroupActuator(ChildCloud child, string projectId) : Actuator<WantedGroup, SecurityGroup>
{
    OpenStack.Network.SecurityGroups Groups => child.Cloud.Network.SecurityGroups;

    public override string IdOf(SecurityGroup seen) => seen.Id;

    public override async Task<SecurityGroup?> FindAsync(string childId, CancellationToken cancelled) =>
        await Groups.FindAsync(Scope.Own, childId, cancelled) is { } seen && seen.ProjectId == projectId ? seen : null;

    public override async Task<SecurityGroup?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var found = new List<SecurityGroup>();
        await foreach (var seen in Groups.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = projectId }, cancelled))
        {
            if (seen.ProjectId == projectId && Stamp.ParentOf(seen.Description) == parentId)
            {
                found.Add(seen);
            }
        }

        return Oldest(found);
    }

    public override async Task<SecurityGroup> CreateAsync(string parentId, WantedGroup wanted, CancellationToken cancelled)
    {
        var body = new SecurityGroupCreate { Name = wanted.Name, Description = wanted.Description, ProjectId = projectId, Stateful = wanted.Stateful };
        try
        {
            return await Groups.CreateAsync(Scope.Own, body, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            throw new RefusedException($"the child does not take security group {parentId}: {Faults.Text(fault)}", fault);
        }
    }

    public override async Task UpdateAsync(SecurityGroup seen, WantedGroup wanted, CancellationToken cancelled)
    {
        var stateful = wanted.Stateful is { } kind && (seen.Stateful ?? true) != kind ? wanted.Stateful : null;
        var name = seen.Name == wanted.Name ? null : wanted.Name;
        if (name is null && stateful is null)
        {
            return;
        }

        try
        {
            await Groups.UpdateAsync(Scope.Own, seen.Id, new() { Name = name, Stateful = stateful }, cancelled);
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.SecurityGroupInUse)
        {
            // The parent let go of all its ports before it changed the kind; ours follow.
            throw new LaterException(TimeSpan.FromSeconds(5), $"security group {seen.Id} of the child changes between stateful and stateless when no port uses it");
        }
    }

    /// <exception cref="CloudFault"><see cref="NetworkError.SecurityGroupInUse"/>: a port has it.</exception>
    public override Task DeleteAsync(SecurityGroup seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Groups.DeleteAsync(Scope.Own, seen.Id, cancelled));

    /// <summary>Of several the same one in every life.</summary>
    public static SecurityGroup? Oldest(IEnumerable<SecurityGroup> found) =>
        found.OrderBy(seen => seen.CreatedAt ?? DateTimeOffset.MaxValue).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefault();
}
