using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Order, marker, limit and next link as cinder/api/common.py and cinder/db/api.py: _generate_paginate_query have them.</summary>
/// <param name="Path">Below the endpoint.</param>
/// <param name="Name">Of the member with the list.</param>
/// <param name="Links">Of the member with the next link.</param>
/// <param name="Id">Of an item.</param>
/// <param name="Key">Of an item by the name of a sort key; null for a name that is none.</param>
internal sealed record FakePage<T>(string Path, string Name, string Links, Func<T, string> Id, Func<T, string, IComparable?> Key)
{
    public FakeAnswer Answer(FakeCall call, FakeCloud cloud, IEnumerable<T> found, Func<string, T?> lookUp, Func<T, JsonObject> view)
    {
        var order = Order(call);
        var limit = Math.Min(cloud.Options.MaxLimit, call.Asked("limit") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue);
        if (call.Asked("marker") is { } marker)
        {
            var last = lookUp(marker) ?? throw new FakeRefusal(404, $"{Name} {marker} could not be found.");
            found = found.Where(item => order.Compare(item, last) > 0);
        }

        var page = found.Order(order).Take(limit).ToList();
        var body = new JsonObject { [Name] = new JsonArray([.. page.Select(view)]) };
        if (page.Count == limit && limit > 0)
        {
            var others = call.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("marker=", StringComparison.Ordinal));
            body[Links] = new JsonArray(new JsonObject { ["rel"] = "next", ["href"] = $"{cloud.Root}/volume/v3{Path}?{string.Join('&', others.Append($"marker={Id(page[^1])}"))}" });
        }

        return FakeAnswer.Json(200, body);
    }

    private Comparer<T> Order(FakeCall call)
    {
        var text = call.Asked("sort") ?? $"{call.Asked("sort_key") ?? "created_at"}:{call.Asked("sort_dir") ?? "desc"}";
        var keys = text.Split(',').Select(part => part.Split(':')).Select(part => (Key: part[0], Down: part.Length < 2 || part[1] is "desc")).ToList();
        keys.Add(("id", keys[^1].Down));
        return Comparer<T>.Create((left, right) =>
        {
            foreach (var (key, down) in keys)
            {
                // Nothing is less than anything, as on MySQL.
                var compared = Comparer<object?>.Default.Compare(Key(left, key), Key(right, key));
                if (compared is not 0)
                {
                    return down ? -compared : compared;
                }
            }

            return 0;
        });
    }
}
