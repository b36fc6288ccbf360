using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>From a request to a rule (neutron/pecan_wsgi/controllers).</summary>
public sealed partial class FakeNeutron
{
    internal FakeAnswer Handle(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return FakeAnswer.Json(200, new JsonObject { ["resources"] = new JsonArray() });
        }

        return (call.Method, call.Segments) switch
        {
            (_, ["extensions", .. var rest]) => ShowExtensions(call, rest),
            (_, ["quotas", .. var rest]) => Quotas(call, rest),
            (_, ["ports", var id, "bindings", .. var rest]) => Bindings(call, Visible(call, Known("ports"), id), rest),
            ("GET", ["qos", "rule-types"]) => RuleTypes(),
            (_, ["qos", "policies", var id, var type, .. var rest]) when type.EndsWith("_rules", StringComparison.Ordinal) =>
                PolicyRules(call, Visible(call, Known("qos/policies"), id), type[..^1], rest),
            ("PUT", ["address-groups", var id, ("add_addresses" or "remove_addresses") and var verb]) =>
                ChangeAddresses(call, Changeable(call, Known("address-groups"), id), verb),
            ("PUT", ["trunks", var id, ("add_subports" or "remove_subports") and var verb]) => ChangeSubPorts(call, Changeable(call, Known("trunks"), id), verb),
            ("PUT", ["routers", var id, ("add_router_interface" or "remove_router_interface") and var verb]) =>
                ChangeInterface(call, Changeable(call, Known("routers"), id), verb),
            (_, ["routers", var id, "conntrack_helpers", .. var rest]) => RouterHelpers(call, Changeable(call, Known("routers"), id), rest),
            (_, ["floatingips", var id, "port_forwardings", .. var rest]) => PortForwardings(call, Changeable(call, Known("floatingips"), id), rest),
            (_, ["qos", "policies", .. var rest]) => Crud(call, Known("qos/policies"), rest),
            (_, [var path, var id, "tags", .. var rest]) => Tags(call, Changeable(call, Known(path), id), rest),
            (_, [var path, .. var rest]) => Crud(call, Known(path), rest),
            _ => throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound"),
        };
    }

    private FakeCollection Known(string path) =>
        collections.TryGetValue(path, out var collection) && (collection.Extension is not { } needed || Has(needed))
            ? collection
            : throw new FakeRefusal(404, "The resource could not be found.", "HTTPNotFound");

    private FakeAnswer Crud(FakeCall call, FakeCollection collection, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", []):
                return List(call, collection);
            case ("GET", [var id]):
                return One(call, 200, collection, Visible(call, collection, id));
            case ("POST", []):
                return Post(call, collection);
            case ("PUT", [var id]):
                return One(call, 200, collection, Update(call, collection, Changeable(call, collection, id), Inside(call, collection.Singular)));
            case ("DELETE", [var id]):
                Delete(call, collection, Changeable(call, collection, id));
                return FakeAnswer.Empty(204);
            default:
                throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }
    }

    private FakeAnswer Post(FakeCall call, FakeCollection collection)
    {
        if (collection.Path is "agents")
        {
            throw new FakeRefusal(405, "The method is not allowed for this resource.", "HTTPMethodNotAllowed");
        }

        if (call.Body()[collection.Plural] is not JsonArray many)
        {
            return One(call, 201, collection, Create(call, collection, Inside(call, collection.Singular)));
        }

        // All or none: one transaction (plugins/ml2/plugin.py: _create_bulk_ml2 takes back what was made).
        var asked = many.Select(item => (JsonObject)item!.DeepClone()).ToList();
        foreach (var group in asked.GroupBy(item => (string?)item["project_id"] ?? call.ProjectId, StringComparer.Ordinal))
        {
            CheckQuota(collection, group.Key, group.Count());
        }

        BulkRules(collection, asked);
        var made = new List<FakeNetworkItem>();
        try
        {
            made.AddRange(asked.Select(item => Create(call, collection, item)));
        }
        catch (FakeRefusal)
        {
            made.ForEach(item => Drop(collection, item));
            throw;
        }

        return FakeAnswer.Json(201, new JsonObject { [collection.Plural] = new JsonArray([.. made.Select(item => Show(call, collection, item))]) });
    }

    private FakeNetworkItem Create(FakeCall call, FakeCollection collection, JsonObject asked)
    {
        Demand(call, collection, asked, 'p');
        var project = (string?)asked["project_id"] ?? (string?)asked["tenant_id"] ?? call.ProjectId;
        if (project != call.ProjectId && !call.IsAdmin)
        {
            throw NotAllowed($"create_{collection.Singular}");
        }

        if (collection.Attributes.FirstOrDefault(one => one.Has('r') && !asked.ContainsKey(one.Name)) is { } missing)
        {
            throw new FakeRefusal(400, $"Failed to parse request. Required attribute '{missing.Name}' not specified.", "HTTPBadRequest");
        }

        var now = Second;
        var item = new FakeNetworkItem
        {
            Id = Guid.NewGuid().ToString(), ProjectId = project, Created = now, Updated = now, Members = [],
        };
        foreach (var attribute in collection.Attributes.Where(one => !collection.Computed.ContainsKey(one.Name)))
        {
            item[attribute.Name] = asked.TryGetPropertyValue(attribute.Name, out var said) ? said?.DeepClone() : attribute.Fill();
        }

        CheckQuota(collection, project, 1);
        collection.Creating(call, item, asked);
        collection.Items.Add(item.Id, item);
        Index(collection, item);
        item.Revision = 1;
        collection.Created(item);
        return item;
    }

    private FakeNetworkItem Update(FakeCall call, FakeCollection collection, FakeNetworkItem item, JsonObject asked)
    {
        Demand(call, collection, asked, 'u');
        if (call.Request.Headers.GetValueOrDefault("if-match") is { } match && Has("revision-if-match"))
        {
            // neutron/api/api_common.py: check_request_for_revision_constraint.
            var wanted = match.Trim('"').Split('=') is ["revision_number", var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FakeRefusal(400, "Invalid value for If-Match header.", "HTTPBadRequest");
            if (wanted != item.Revision)
            {
                throw new FakeRefusal(412, $"Constrained to {wanted}, but current revision is {item.Revision}", "RevisionNumberConstraintFailed");
            }
        }

        collection.Updating(call, item, asked);
        Unindex(collection, item);
        foreach (var (name, value) in asked)
        {
            item[name] = value?.DeepClone();
        }

        Index(collection, item);
        Save(item);
        collection.Updated(item);
        return item;
    }

    private void Delete(FakeCall call, FakeCollection collection, FakeNetworkItem item)
    {
        collection.Deleting(call, item);
        Drop(collection, item);
    }

    // api/api_common.py: Controller.prepare_request_body; conf/policies.
    private void Demand(FakeCall call, FakeCollection collection, JsonObject asked, char trait)
    {
        foreach (var (name, _) in asked)
        {
            if (name is "project_id" or "tenant_id" && trait is 'p')
            {
                continue;
            }

            if (!collection.ByName.TryGetValue(name, out var attribute) || (attribute.Extension is { } needed && !Has(needed)))
            {
                throw new FakeRefusal(400, $"Unrecognized attribute(s) '{name}'", "HTTPBadRequest");
            }

            if (!attribute.Has(trait))
            {
                throw trait is 'p'
                    ? new FakeRefusal(400, $"Attribute '{name}' not allowed in POST", "HTTPBadRequest")
                    : new FakeRefusal(400, $"Cannot update read-only attribute {name}", "HTTPBadRequest");
            }

            if (attribute.Has('a') && !call.IsAdmin)
            {
                throw NotAllowed($"{(trait is 'p' ? "create" : "update")}_{collection.Singular}:{name}");
            }

            if (name is "description" && ((string?)asked[name])?.Length > 255)
            {
                throw new FakeRefusal(400, $"Invalid input for {name}. Reason: exceeds maximum length of 255.", "HTTPBadRequest");
            }
        }
    }

    private static FakeNetworkItem Visible(FakeCall call, FakeCollection collection, string id) =>
        collection.Items.TryGetValue(id, out var item) && Sees(call, collection, item) ? item : throw collection.NotFound(id);

    private static FakeNetworkItem Changeable(FakeCall call, FakeCollection collection, string id)
    {
        var item = Visible(call, collection, id);
        return call.Method is "GET" || call.IsAdmin || item.ProjectId == call.ProjectId || collection.Owns(call, item)
            ? item
            : throw NotAllowed($"{(call.Method is "DELETE" ? "delete" : "update")}_{collection.Singular}");
    }

    private static bool Sees(FakeCall call, FakeCollection collection, FakeNetworkItem item) =>
        call.IsAdmin || item.ProjectId == call.ProjectId || collection.Sees(call, item);

    private static JsonObject Inside(FakeCall call, string name) =>
        call.Body()[name] as JsonObject ?? throw new FakeRefusal(400, $"Unable to find '{name}' in request body", "HTTPBadRequest");

    private static FakeRefusal NotAllowed(string rule) =>
        new(403, $"(rule:{rule}) is disallowed by policy", "PolicyNotAuthorized");
}
