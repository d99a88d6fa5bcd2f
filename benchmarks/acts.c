/* Participation and felt peers in C: how far compiled Python is from the machine.
 *
 * The same acts as call_and_ask and enlist in model/calling.py and volunteer in agents/resident/volunteering.py,
 * on the same tables, with the same draws and to the same bits. tables.h is generated from the tables' own
 * dtypes and from the groups of parameters, so nothing here repeats their layout. Built by acts_in_c.py.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

typedef struct { double u, v; } Luck;

/* Philox4x32-10 as in agents/core/draw.py. */
static inline Luck draw(int64_t seed, int64_t day, int64_t purpose, int64_t who, int64_t with_whom, int64_t k)
{
    uint32_t k0 = (uint32_t)(uint64_t)seed, k1 = (uint32_t)((uint64_t)seed >> 32);
    uint32_t c0 = (uint32_t)(uint64_t)who, c1 = (uint32_t)((uint64_t)who >> 32), c2 = (uint32_t)with_whom;
    uint32_t c3 = (uint32_t)((((uint64_t)(day + 32768) & 0xFFFF) << 16) | ((uint64_t)purpose << 8) | (uint64_t)k);
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)0xD2511F53 * c0, product1 = (uint64_t)0xCD9E8D57 * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product1;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product0;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    const double unit = 1.0 / 4503599627370496.0;
    Luck luck = {
        ((double)(int64_t)(((uint64_t)c0 << 20) ^ ((uint64_t)c1 >> 12)) + 0.5) * unit,
        ((double)(int64_t)(((uint64_t)c2 << 20) ^ ((uint64_t)c3 >> 12)) + 0.5) * unit,
    };
    return luck;
}

static inline int64_t poisson(double mean, double u)
{
    if (u <= 1.0 - mean)
        return 0;
    double term = exp(-mean), total = term;
    int64_t n = 0;
    while (u > total && n < 10000) {
        n++;
        term = term * mean / (double)n;
        total += term;
    }
    return n;
}

static inline double logistic(double v)
{
    if (v >= 0)
        return 1.0 / (1.0 + exp(-v));
    double grown = exp(v);
    return grown / (1.0 + grown);
}

/* The reasons to volunteer (E1 to E6). */

static inline double efficacy_now(const Resident *r, int64_t day, const Learning *p)
{
    if (r->efficacy == 0.5)
        return 0.5;
    return 0.5 + (r->efficacy - 0.5) * exp(-log(2.0) * (double)(day - r->efficacy_day) / p->half_life);
}

static inline double habit_now(const Resident *r, int64_t day, const Habits *p)
{
    if (r->habit == 0.0)
        return 0.0;
    return r->habit * exp(-log(2.0) * (double)(day - r->habit_day) / p->half_life);
}

static inline double win_by_one_more(double acts, double cutoff, double spread)
{
    double ahead = logistic((acts - cutoff) / spread);
    return ahead * (1.0 - ahead) / spread;
}

static inline double pay_believed(const Resident *r, double hours, const Offer *o)
{
    double yuan = o->task_yuan;
    if (o->appraisal_yuan > 0.0)
        yuan += o->appraisal_yuan * win_by_one_more(r->acts_this_quarter, o->appraisal_cutoff, o->contest_spread) / hours;
    if (o->merit_yuan > 0.0)
        yuan += o->merit_yuan * win_by_one_more(r->acts_this_year, o->merit_cutoff, o->contest_spread) / hours;
    return yuan * o->worth;
}

static inline double pull_of_pay(double yuan_per_hour, const Participation *p)
{
    if (yuan_per_hour <= 0)
        return 0.0;
    double relative = exp(p->pay_steepness * log(yuan_per_hour / p->pay_half));
    return relative / (1.0 + relative);
}

static inline double worth_of_pay(double yuan_per_hour, const Participation *p)
{
    return p->pay_ceiling * pull_of_pay(yuan_per_hour, p);
}

static inline double spirit_felt(double spirit, double frame, double posted, const Participation *p)
{
    double left = 1.0;
    if (frame > 0.0)
        left = 1.0 - p->crowding * frame * exp(-posted / p->crowding_fades);
    return p->weight_spirit * (spirit * left - 0.5);
}

static inline double image_gained(double visibility, double posted, const Participation *p)
{
    if (visibility == 0.0)
        return 0.0;
    return p->weight_image * visibility * exp(-p->image_dilution * posted);
}

static inline double praise_left(int64_t days, const Participation *p)
{
    return exp(-log(2.0) * (double)days / p->praise_half_life);
}

static inline double praise_felt(const Resident *r, int64_t day, const Participation *p)
{
    double felt = 0.0;
    if (r->praised_day > LONG_AGO)
        felt += p->weight_praise * praise_left(day - r->praised_day, p);
    if (r->grid_praised_day > LONG_AGO)
        felt += p->weight_praise_grid * praise_left(day - r->grid_praised_day, p);
    return felt;
}

static inline double example_of_peers(int cooperation, int64_t n_active, const Participation *p)
{
    double felt = (double)(n_active * n_active) / ((double)(n_active * n_active) + p->peers_half * p->peers_half);
    if (cooperation == CONDITIONAL)
        return p->weight_peers * p->peers_conditional * felt;
    if (cooperation == UNCONDITIONAL)
        return p->weight_peers * p->peers_unconditional * felt;
    return p->weight_peers * p->peers_free_rider * felt - p->free_rider_reserve;
}

static inline double readiness(const Resident *r, int64_t day, int occasion, int64_t n_active, const Numbers *p)
{
    double hours = (double)p->volunteering.minutes / 60.0;
    double base = p->volunteering.base;
    double personal = p->volunteering.sigma * r->u_volunteer;
    double spirit = spirit_felt(r->spirit, p->offer.task_frame, p->offer.task_yuan, &p->participation);
    double pay = worth_of_pay(pay_believed(r, hours, &p->offer), &p->participation);
    double peers = example_of_peers(r->cooperation, n_active, &p->participation);
    double efficacy = p->participation.weight_efficacy * (efficacy_now(r, day, &p->learning) - 0.5)
                      * p->volunteering.stake_of_call;
    double asked = occasion == CALL ? 0.0 : p->participation.weight_asked;
    double habit = p->participation.weight_habit * habit_now(r, day, &p->habits);
    double image = image_gained(p->offer.visibility, p->offer.task_yuan, &p->participation);
    double praise = praise_felt(r, day, &p->participation);
    double lead = 0.0; /* of a Party member's example there is none here */
    double cost = p->participation.cost_per_hour * fmax(0.0, hours - 1.0);
    return base + personal + spirit + pay + peers + efficacy + asked + habit + image + praise + lead - cost;
}

static inline int64_t active_contacts(const Resident *r, int64_t day, const Resident *residents, const Tie *ties,
                                      const Participation *p)
{
    int64_t n = 0;
    for (int64_t t = r->first_tie; t < (int64_t)r->first_tie + r->n_ties; t++) {
        const Resident *contact = &residents[ties[t].to];
        int64_t last = contact->last_act < day ? contact->last_act : contact->act_before;
        n += day - last <= p->days_peers_seen;
    }
    return n;
}

static void give_time(Resident *r, int64_t day, const Numbers *p)
{
    double pull = pull_of_pay(pay_believed(r, (double)p->volunteering.minutes / 60.0, &p->offer), &p->participation);
    double share = 1.0 - (1.0 - p->habits.habit_paid) * pull;
    double habit = habit_now(r, day, &p->habits);
    r->habit = habit + p->habits.gain * share * (1.0 - habit);
    r->habit_day = (int32_t)day;
    if (r->last_act < day) {
        r->act_before = r->last_act;
        r->last_act = (int32_t)day;
    }
    r->acts += 1;
    r->acts_this_year += 1;
    r->acts_this_quarter += 1;
    r->minutes += p->volunteering.minutes;
    r->registered = 1;
    r->on_list = 1;
    r->list_until = (int32_t)(day + p->joining.days_listed);
    if (p->offer.task_points > 0) {
        r->points_task += p->volunteering.minutes * p->offer.task_points / 60;
        r->points_day = (int32_t)day;
    }
    if (p->offer.spirit_drift != 0.0)
        r->spirit = fmin(1.0, fmax(0.0, r->spirit + p->offer.spirit_drift));
}

static void volunteer(int64_t day, const Town *town, Invitation *invitations, Resident *residents, const Tie *ties,
                      const Numbers *p)
{
    for (int64_t k = 0; k < town->n_invitations; k++) {
        Invitation *invitation = &invitations[k];
        Resident *r = &residents[invitation->resident];
        double u = draw(town->seed, day, VOLUNTEER, r->person, invitation->occasion, invitation->ordinal).u;
        if (u >= logistic(readiness(r, day, invitation->occasion, r->n_ties, p)))
            continue;
        int64_t n_active = active_contacts(r, day, residents, ties, &p->participation);
        if (u < logistic(readiness(r, day, invitation->occasion, n_active, p))) {
            invitation->acted = 1;
            give_time(r, day, p);
        }
    }
}

/* Who is called on to volunteer today. */

typedef struct { int64_t *at; int64_t n, room; } Keys;

static inline void append(Keys *keys, int64_t key)
{
    if (keys->n == keys->room) {
        keys->room *= 2;
        keys->at = realloc(keys->at, (size_t)keys->room * sizeof(int64_t));
    }
    keys->at[keys->n++] = key;
}

static void in_order(int64_t *a, int64_t n)
{
    while (n > 16) {
        int64_t pivot = a[n / 2], i = 0, j = n - 1;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) {
                int64_t held = a[i];
                a[i++] = a[j];
                a[j--] = held;
            }
        }
        in_order(a, j + 1);
        a += i;
        n -= i;
    }
    for (int64_t i = 1; i < n; i++) {
        int64_t key = a[i], j = i - 1;
        for (; j >= 0 && a[j] > key; j--)
            a[j + 1] = a[j];
        a[j + 1] = key;
    }
}

static void chance_meetings(int64_t day, int64_t seed, int64_t purpose, int64_t n_events, int64_t g,
                            const MicroGrid *place, const Household *households, const Resident *residents,
                            Keys *keys, int64_t code, double most_aware)
{
    for (int64_t k = 0; k < (n_events < 250 ? n_events : 250); k++) {
        Luck luck = draw(seed, day, purpose, g, 1, k);
        int64_t slot = (int64_t)(luck.u * (double)place->n_households * SLOTS);
        const Household *household = &households[place->first_household + slot / SLOTS];
        if (slot % SLOTS < household->n_residents) {
            int64_t i = household->first_resident + slot % SLOTS;
            if (residents[i].adult && luck.v * most_aware < residents[i].information)
                append(keys, i << 3 | code);
        }
    }
}

static int64_t next_ask(int64_t day, int64_t seed, int64_t person, double per_month, Tally *tally)
{
    int64_t month = day >= 0 ? day / 30 : -((29 - day) / 30), best = month * 30 + 30;
    int64_t n = poisson(per_month, draw(seed, month, ASK_LIST, person, 0, 0).u);
    tally->n_draws += 1 + n;
    for (int64_t k = 0; k < n; k++) {
        int64_t asked = month * 30 + (int64_t)(draw(seed, month, ASK_LIST, person, 1, k).u * 30.0);
        if (day <= asked && asked < best)
            best = asked;
    }
    return best;
}

static void ask_the_list(int64_t day, const Town *town, const Resident *residents, Listed *listed, Keys *keys,
                         Tally *tally, const Calling *p)
{
    double per_month = p->asks_from_list_per_year * 30.0 / 365.0;
    for (int64_t k = 0; k < town->n_listed; k++) {
        Listed *name = &listed[k];
        if (name->next_ask <= day) {
            name->next_ask = (int32_t)next_ask(day, town->seed, name->person, per_month, tally);
            if (name->next_ask == day) {
                name->next_ask = (int32_t)next_ask(day + 1, town->seed, name->person, per_month, tally);
                if (residents[name->resident].on_list)
                    append(keys, (int64_t)name->resident << 3 | ASKED_FROM_LIST);
            }
        }
    }
}

static void call_and_ask(int64_t day, const MicroGrid *micro_grids, int64_t n_micro_grids,
                         const Household *households, const Resident *residents, Listed *listed,
                         Invitation *invitations, Town *town, Tally *tally, Keys *keys, const Calling *p,
                         double mean_information)
{
    double call_rate = p->calls_per_year / mean_information / 365.0 * SLOTS;
    double ask_rate = p->asks_per_year / 365.0 * SLOTS;
    keys->n = 0;
    for (int64_t g = 0; g < n_micro_grids; g++) {
        const MicroGrid *place = &micro_grids[g];
        Luck luck = draw(town->seed, day, CALL_PURPOSE, g, 0, 0);
        int64_t n_calls = poisson(call_rate * (double)place->n_households, luck.u);
        int64_t n_asks = poisson(ask_rate * (double)place->n_households, luck.v);
        chance_meetings(day, town->seed, CALL_PURPOSE, n_calls, g, place, households, residents, keys, CALL, 1.0);
        chance_meetings(day, town->seed, ASK_PURPOSE, n_asks, g, place, households, residents, keys, ASKED, 0.0);
        tally->n_draws += 1 + n_calls + n_asks;
    }
    ask_the_list(day, town, residents, listed, keys, tally, p);
    in_order(keys->at, keys->n);
    for (int64_t k = 0; k < keys->n; k++) {
        Invitation *invitation = &invitations[k];
        invitation->resident = (int32_t)(keys->at[k] >> 3);
        invitation->occasion = (uint8_t)(keys->at[k] & 7);
        invitation->ordinal = 0;
        if (k > 0 && keys->at[k] == keys->at[k - 1])
            invitation->ordinal = (uint8_t)(invitations[k - 1].ordinal < 254 ? invitations[k - 1].ordinal + 1 : 255);
        invitation->acted = 0;
        tally->n_asks += invitation->occasion != CALL;
        tally->n_calls_seen += invitation->occasion == CALL;
    }
    town->n_invitations = keys->n;
    tally->n_decisions += keys->n;
    tally->n_draws += keys->n;
}

static int is_listed(int64_t i, const Listed *listed, int64_t n_listed)
{
    int64_t low = 0, high = n_listed;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (listed[middle].resident < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n_listed && listed[low].resident == i;
}

static void enlist(const Invitation *invitations, const Resident *residents, Listed *listed, Town *town, Tally *tally,
                   Keys *fresh)
{
    fresh->n = 0;
    int64_t last = -1;
    for (int64_t k = 0; k < town->n_invitations; k++) {
        int64_t i = invitations[k].resident;
        if (invitations[k].acted && i != last) {
            last = i;
            if (!is_listed(i, listed, town->n_listed))
                append(fresh, i);
        }
    }
    int64_t there = town->n_listed - 1, new = fresh->n - 1;
    for (int64_t to = town->n_listed + fresh->n - 1; new >= 0; to--) {
        if (there >= 0 && listed[there].resident > fresh->at[new]) {
            listed[to] = listed[there--];
        } else {
            listed[to].resident = (int32_t)fresh->at[new];
            listed[to].person = residents[fresh->at[new]].person;
            listed[to].next_ask = LONG_AGO;
            new--;
        }
    }
    town->n_listed += fresh->n;
    tally->n_joined += fresh->n;
}

/* So many days of nothing but calls, asks and volunteering. There must be room in `listed` and `invitations`. */
void mobilise(int64_t n_days, const MicroGrid *micro_grids, int64_t n_micro_grids, const Household *households,
              Resident *residents, const Tie *ties, Listed *listed, Invitation *invitations, Town *town, Tally *tally,
              const Numbers *p)
{
    Keys keys = {malloc(4096 * sizeof(int64_t)), 0, 4096}, fresh = {malloc(1024 * sizeof(int64_t)), 0, 1024};
    for (int64_t d = 0; d < n_days; d++) {
        int64_t day = town->day;
        call_and_ask(day, micro_grids, n_micro_grids, households, residents, listed, invitations, town, tally, &keys,
                     &p->calling, p->noticing.mean_information);
        volunteer(day, town, invitations, residents, ties, p);
        enlist(invitations, residents, listed, town, tally, &fresh);
        town->day = (int32_t)(day + 1);
    }
    free(keys.at);
    free(fresh.at);
}
