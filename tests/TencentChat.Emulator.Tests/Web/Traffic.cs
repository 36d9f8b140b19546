using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>A job in full swing: attributes set for many accounts, read back, a few accounts deleted.</summary>
internal static class Traffic
{
    private static readonly string[] s_cities = ["Lyon", "Porto", "Graz", "Utrecht", "Turku", "Kraków", "Gent", "Bergen"];

    /// <summary>A minute of it, with faults that strike, some time after tags were set and pushes went out.</summary>
    public static async Task MakeWithPushes(RunningServer server)
    {
        Harness harness = server.Harness;
        await harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{{string.Join(',', Enumerable.Range(0, 60).Select(Row))}}]}""");
        await harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"user_00000","Tags":["beta","newsletter"]},{"To_Account":"user_00003","Tags":["newsletter"]}]}""");
        await harness.Call(Harness.Push + "im_push", """{"From_Account":"administrator","MsgRandom":1,"MsgLifeTime":3600,"Condition":{"TagsOr":["beta","newsletter"]},"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"The shop opens at ten"}}]}""");
        harness.Clock.Advance(TimeSpan.FromMinutes(4));
        await harness.Call(Harness.Tim + "push", """{"From_Account":"administrator","MsgRandom":2,"Condition":{"AttrsAnd":{"city":"Lyon","vip":"no"}},"OfflinePushInfo":{"Title":"Lyon","Desc":"New in your town"}}""");
        harness.Clock.Advance(TimeSpan.FromMinutes(2));
        await MakeWithTrouble(server);
    }

    /// <summary>A minute of it, with faults that strike.</summary>
    public static Task MakeWithTrouble(RunningServer server)
    {
        string[] faults = ["*:drop-before:0.03", "*:502:0.03", "im_set_attr:91000:0.06", "*:throttle:400:0.002"];
        foreach (string fault in faults)
        {
            server.Emulator.Faults.Add(fault);
        }

        server.Emulator.Faults.Enable(server.Emulator.Faults.Add("*:delay:3000:0.05").Id, false);
        return Make(server.Harness, seconds: 60);
    }

    private static async Task Make(Harness harness, int seconds)
    {
        int user = 0;
        for (int second = 0; second < seconds; second++)
        {
            // The job sets, for a while a little faster than it may; then it reads as well, and deletes at last.
            (int set, int get, int delete) = (82 + (second * 7 % 17) + (second is > 20 and < 26 ? 14 : 0), second > 15 ? 40 + (second * 11 % 23) : 0, second > 40 ? 12 + (second * 5 % 9) : 0);
            int calls = set + get + delete;
            for (int i = 0; i < calls; i++)
            {
                // Spread evenly: each kind comes when its share of the second has passed.
                if (((i + 1) * delete / calls) > (i * delete / calls))
                {
                    await Send(harness, Harness.Login + "account_delete", $$"""{"DeleteItem":[{"UserID":"user_{{user / 3:00000}}"}]}""");
                }
                else if (((i + 1) * (get + delete) / calls) > (i * (get + delete) / calls))
                {
                    await Send(harness, Harness.Push + "im_get_attr", $$"""{"To_Account":[{{string.Join(',', Enumerable.Range(user - 24, 6).Select(n => $"\"user_{n:00000}\""))}}]}""");
                }
                else
                {
                    await Send(harness, Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{{string.Join(',', Enumerable.Range(user, 6).Select(Row))}}]}""");
                    user += 6;
                }

                harness.Clock.Advance(TimeSpan.FromTicks((TimeSpan.TicksPerSecond * (i + 1) / calls) - (TimeSpan.TicksPerSecond * i / calls)));
            }
        }
    }

    private static async Task Send(Harness harness, string path, string body)
    {
        try
        {
            await harness.SendForText(path, body);
        }
        catch (HttpRequestException)
        {
            // A dropped connection is one of the faults.
        }
    }

    private static string Row(int i) =>
        $$"""{"To_Account":"user_{{i:00000}}","Attrs":{"sex":"{{(i % 2 == 0 ? "f" : "m")}}","city":"{{s_cities[i * 7 % s_cities.Length]}}","level":"{{i * 13 % 60}}","vip":"{{(i % 9 == 0 ? "yes" : "no")}}"} }""";
}
