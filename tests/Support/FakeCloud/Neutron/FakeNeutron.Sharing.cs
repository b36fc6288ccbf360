using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Who sees what of others (neutron/db/rbac_db_mixin.py, db/db_base_plugin_v2.py: validate_network_rbac_policy_change).</summary>
public sealed partial class FakeNeutron
{
    private static readonly Dictionary<string, string> Shareable = new(StringComparer.Ordinal)
    {
        ["network"] = "networks", ["security_group"] = "security-groups", ["address_group"] = "address-groups", ["qos_policy"] = "qos/policies",
    };

    private void SharingRules()
    {
        var policies = collections["rbac-policies"];
        policies.Computed["target_project"] = (_, policy) => policy.Text("target_tenant");
        policies.Creating = (call, policy, _) =>
        {
            if (!Shareable.TryGetValue(policy.Text("object_type"), out var path))
            {
                throw new FakeRefusal(400, $"Invalid input for object_type. Reason: {policy.Text("object_type")} is not a supported object type.", "HTTPBadRequest");
            }

            var thing = Visible(call, collections[path], policy.Text("object_id"));
            if (!call.IsAdmin && (thing.ProjectId != call.ProjectId || policy.Text("target_tenant") is "*"))
            {
                throw NotAllowed("create_rbac_policy");
            }

            RefuseTwice(policy, policy.Text("target_tenant"));
        };
        policies.Updating = (_, policy, asked) =>
        {
            var target = (string)asked["target_tenant"]!;
            if (target != policy.Text("target_tenant"))
            {
                RefuseTwice(policy, target);
                RefuseLosing(policy);
            }
        };
        policies.Deleting = (_, policy) => RefuseLosing(policy);
    }

    private void RefuseTwice(FakeNetworkItem policy, string target)
    {
        if (Of(sharing, policy.Text("object_id"), "rbac-policies").Any(other =>
            other.Id != policy.Id && other.Text("action") == policy.Text("action") && other.Text("target_tenant") == target))
        {
            throw new FakeRefusal(409, "An RBAC policy already exists with those values.", "DuplicateRbacPolicy");
        }
    }

    private void RefuseLosing(FakeNetworkItem policy)
    {
        var (id, target) = (policy.Text("object_id"), policy.Text("target_tenant"));
        if (policy.Text("action") is not "access_as_shared" || !collections[Shareable[policy.Text("object_type")]].Items.TryGetValue(id, out var thing) || target == thing.ProjectId)
        {
            return;
        }

        var left = Of(sharing, id, "rbac-policies").Where(other => other.Id != policy.Id && other.Text("action") is "access_as_shared")
            .Select(other => other.Text("target_tenant")).Append(thing.ProjectId).ToHashSet(StringComparer.Ordinal);
        var users = policy.Text("object_type") switch
        {
            "network" => PortsOn(id),
            "security_group" => PortsWith(id),
            _ => [],
        };
        if (!left.Contains("*") && users.Any(port => (target is "*" || port.ProjectId == target) && !left.Contains(port.ProjectId)))
        {
            throw new FakeRefusal(
                409,
                $"RBAC policy on object {id} cannot be removed because other objects depend on it.\nDetails: Callback failed with "
                + $"\"Unable to reconfigure sharing settings for network {id}. Multiple tenants are using it.\"",
                "RbacPolicyInUse");
        }
    }

    private bool IsShared(string type, string id, string project) => Of(sharing, id, "rbac-policies").Any(policy =>
        policy.Text("object_type") == type && policy.Text("action") is "access_as_shared" && (policy.Text("target_tenant") is "*" || policy.Text("target_tenant") == project));

    private void Share(string type, string id, string project, string target) => Create(Operator, collections["rbac-policies"], new JsonObject
    {
        ["object_type"] = type, ["object_id"] = id, ["action"] = "access_as_shared", ["target_tenant"] = target, ["project_id"] = project,
    });

    private void SetShared(string type, FakeNetworkItem item, bool shared)
    {
        var held = Of(sharing, item.Id, "rbac-policies").FirstOrDefault(policy => policy.Text("target_tenant") is "*" && policy.Text("action") is "access_as_shared");
        if (shared && held is null)
        {
            Share(type, item.Id, item.ProjectId, "*");
        }
        else if (!shared && held is not null)
        {
            Delete(Operator, collections["rbac-policies"], held);
        }
    }

    private void Unshare(string id)
    {
        foreach (var policy in Of(sharing, id, "rbac-policies"))
        {
            Drop(collections["rbac-policies"], policy);
        }
    }
}
