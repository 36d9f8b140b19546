using TencentChat.Operations.Attributes;

namespace TencentChat.Tests.Operations.Attributes;

/// <summary>Where names go, and what is in their way.</summary>
public sealed class SlotPlanTests
{
    [Fact]
    public void A_new_name_takes_the_first_free_slot_and_a_known_one_stays()
    {
        SlotPlan plan = PlanOn("sex", "city");
        Assert.Equal(SlotConflict.None, plan.TryPut(null, "city", null, out _));
        Assert.Equal(SlotConflict.None, plan.TryPut(null, "level", null, out _));
        SlotChange change = Assert.Single(plan.Changes);
        Assert.Equal(new SlotChange(new AttributeSlot(2, "level", 0), null), change);
        Assert.Equal(new Dictionary<int, string> { [0] = "sex", [1] = "city", [2] = "level" }, plan.Names);
    }

    [Fact]
    public void A_slot_that_is_renamed_remembers_its_old_name_and_keeps_its_type()
    {
        SlotPlan plan = PlanOn(new AttributeSlot(3, "device", 1));
        Assert.Equal(SlotConflict.None, plan.TryPut(3, "phone", null, out AttributeSlot? renamed));
        Assert.Equal("device", renamed!.Name);
        Assert.Equal(new SlotChange(new AttributeSlot(3, "phone", 1), "device"), Assert.Single(plan.Changes));
    }

    [Fact]
    public void A_name_that_is_given_twice_is_told_wherever_it_stands()
    {
        SlotPlan plan = PlanOn("sex");
        Assert.Equal(SlotConflict.None, plan.TryPut(null, "sex", null, out _));
        Assert.Equal(SlotConflict.GivenTwice, plan.TryPut(null, "sex", null, out _));
        Assert.Equal(SlotConflict.None, plan.TryPut(null, "new", null, out _));
        Assert.Equal(SlotConflict.GivenTwice, plan.TryPut(5, "new", null, out AttributeSlot? holder));
        Assert.Equal(1, holder!.Slot);
        Assert.Equal(SlotConflict.None, plan.TryPut(null, "New", null, out _));
    }

    [Fact]
    public void What_is_in_the_way_is_named_and_nothing_is_planned()
    {
        SlotPlan plan = PlanOn([.. Enumerable.Range(0, 10).Select(number => new AttributeSlot(number, $"n{number}", number % 2))]);
        Assert.Equal(SlotConflict.NameTaken, plan.TryPut(4, "n7", null, out AttributeSlot? holder));
        Assert.Equal(7, holder!.Slot);
        Assert.Equal(SlotConflict.NoFreeSlot, plan.TryPut(null, "more", null, out _));
        Assert.Equal(SlotConflict.OtherType, plan.TryPut(null, "n1", 0, out holder));
        Assert.Equal(1, holder!.Slot);
        Assert.Equal(SlotConflict.OtherType, plan.TryPut(2, "other", 1, out holder));
        Assert.Equal("n2", holder!.Name);
        Assert.Empty(plan.Changes);
    }

    private static SlotPlan PlanOn(params string[] names) =>
        PlanOn([.. names.Select((name, number) => new AttributeSlot(number, name, 0))]);

    private static SlotPlan PlanOn(params AttributeSlot[] slots) =>
        new(new AttributeNameTable(slots.ToDictionary(slot => slot.Slot, slot => slot.Name), slots.ToDictionary(slot => slot.Slot, slot => slot.AccountType), readAt: 0));
}
